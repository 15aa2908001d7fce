package dev.gatehouse.postgres.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Counts the rows of a table in the text form of COPY while they pass, and digests them. In that
/// form a line feed ends a row and is nowhere else.
final class CountedRows {
  private final MessageDigest digest = sha256();
  private final Counter counter;
  private long rows;

  CountedRows(Counter counter) {
    this.counter = counter;
  }

  /// Counts the rows of all tables.
  @FunctionalInterface
  interface Counter {
    void passed(long more);
  }

  void pass(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
    long more = 0;
    for (int place = from; place < from + length; place++) {
      more += bytes[place] == '\n' ? 1 : 0;
    }
    rows += more;
    counter.passed(more);
  }

  /// What has passed, as the contents of this table. Once only.
  Manifest.Table table(Catalog.Table of) {
    return new Manifest.Table(of.name(), of.columnNames(), rows, hex());
  }

  /// Whether all of a table has passed, unaltered. Once only.
  boolean are(Manifest.Table table) {
    return rows == table.rows() && hex().equals(table.sha256());
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
