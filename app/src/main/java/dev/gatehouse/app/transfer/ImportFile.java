package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.transfer.ImportId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.UUID;

/// A file to import from.
///
/// @param mark by which an earlier import of the same file is found: its size and a digest of its
///     beginning. A stream is never the same again
/// @param size in bytes, where it is known
/// @param in what is in it, from the beginning
public record ImportFile(ImportId mark, OptionalLong size, InputStream in)
    implements AutoCloseable {
  private static final int HEAD = 64 * 1_024;
  private static final int DIGEST_DIGITS = 32;

  /// Opens a file.
  public static ImportFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return of(Files.newInputStream(path));
    }
    long size = Files.size(path);
    byte[] head;
    try (InputStream beginning = Files.newInputStream(path)) {
      head = beginning.readNBytes(HEAD);
    }
    String digest = HexFormat.of().formatHex(sha256(head)).substring(0, DIGEST_DIGITS);
    var mark = new ImportId("file:%d:%s".formatted(size, digest));
    return new ImportFile(mark, OptionalLong.of(size), Files.newInputStream(path));
  }

  /// What comes from a stream.
  public static ImportFile of(InputStream in) {
    return new ImportFile(new ImportId("stream:" + UUID.randomUUID()), OptionalLong.empty(), in);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
