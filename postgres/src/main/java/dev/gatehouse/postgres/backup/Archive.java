package dev.gatehouse.postgres.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A backup that is whole: every byte of it was compared with its digest when it was opened. For
/// one thread.
public final class Archive implements AutoCloseable {
  private static final int BUFFER = 64 * 1_024;
  private static final int LONGEST_MANIFEST = 1_024 * 1_024;

  /// Where a zip archive has the name of its first entry.
  private static final int FIRST_NAME = 30;

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] PG_DUMP = {'P', 'G', 'D', 'M', 'P'};

  private final ZipFile zip;
  private final Manifest manifest;
  private final long bytes;

  private Archive(ZipFile zip, Manifest manifest, long bytes) {
    this.zip = zip;
    this.manifest = manifest;
    this.bytes = bytes;
  }

  /// Reads the whole file once, and then its manifest.
  ///
  /// @throws BackupException when it is no backup, or is damaged, cut short or of a newer form
  public static Archive open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new BackupException(file + " is not a file");
    }
    requireMark(file);
    requireSeal(file);
    try {
      return opened(file);
    } catch (ZipException | BackupException broken) {
      throw new BackupException(
          "%s cannot be restored: %s".formatted(file, broken.getMessage()), broken);
    }
  }

  /// What is in it.
  public Manifest manifest() {
    return manifest;
  }

  /// Its size.
  public long bytes() {
    return bytes;
  }

  /// The rows of a table, in the text form of COPY.
  ///
  /// @param rows counts and digests them as they are read
  InputStream rows(Manifest.Table table, CountedRows rows) throws IOException {
    return new FilterInputStream(stream(ArchiveWriter.entry(table.name()))) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        int count = super.read(target, from, length);
        if (count > 0) {
          rows.pass(target, from, count);
        }
        return count;
      }
    };
  }

  /// Reads every table.
  ///
  /// @throws BackupException when one is not what the manifest says
  void verify(CountedRows.Counter counter) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (Manifest.Table table : manifest.tables()) {
      var rows = new CountedRows(counter);
      try (InputStream in = rows(table, rows)) {
        int count = 0;
        while (count >= 0) {
          count = in.read(buffer, 0, buffer.length);
        }
      }
      require(table, rows);
    }
  }

  /// Holds what was read of a table against the manifest.
  static void require(Manifest.Table table, CountedRows rows) {
    if (!rows.are(table)) {
      throw new BackupException(
          "the rows of table %s are not those that were backed up".formatted(table.name()));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static Archive opened(Path file) throws IOException {
    var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    try {
      try (InputStream in = stream(zip, ArchiveWriter.MANIFEST)) {
        String text = new String(in.readNBytes(LONGEST_MANIFEST), StandardCharsets.UTF_8);
        return new Archive(zip, Manifest.parse(text), Files.size(file));
      }
    } catch (IOException | RuntimeException failure) {
      zip.close();
      throw failure;
    }
  }

  private InputStream stream(String entry) throws IOException {
    return stream(zip, entry);
  }

  private static InputStream stream(ZipFile zip, String name) throws IOException {
    ZipEntry entry =
        Optional.ofNullable(zip.getEntry(name))
            .orElseThrow(() -> new BackupException("it lacks " + name));
    return zip.getInputStream(entry);
  }

  private static void requireMark(Path file) throws IOException {
    byte[] mark = ArchiveWriter.MARK.getBytes(StandardCharsets.US_ASCII);
    byte[] beginning;
    try (InputStream in = Files.newInputStream(file)) {
      beginning = in.readNBytes(FIRST_NAME + mark.length);
    }
    if (starts(beginning, 0, PG_DUMP)) {
      throw new BackupException(file + " was written by pg_dump: pg_restore reads it");
    }
    if (!starts(beginning, 0, ZIP) || !starts(beginning, FIRST_NAME, mark)) {
      throw new BackupException(
          file + " is not a backup that gatehouse backup wrote, or its beginning is damaged");
    }
  }

  private static void requireSeal(Path file) throws IOException {
    long rest = Files.size(file) - SealedOutput.SEAL;
    MessageDigest digest = CountedRows.sha256();
    byte[] buffer = new byte[BUFFER];
    byte[] seal;
    try (InputStream in = Files.newInputStream(file)) {
      while (rest > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
        if (count < 0) {
          break;
        }
        digest.update(buffer, 0, count);
        rest -= count;
      }
      seal = in.readAllBytes();
    }
    String expected = HexFormat.of().formatHex(digest.digest());
    if (!expected.equals(new String(seal, StandardCharsets.US_ASCII))) {
      throw new BackupException(
          file + " is damaged or cut short: its contents do not have the digest at its end");
    }
  }

  private static boolean starts(byte[] bytes, int from, byte[] wanted) {
    return bytes.length >= from + wanted.length
        && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
  }
}
