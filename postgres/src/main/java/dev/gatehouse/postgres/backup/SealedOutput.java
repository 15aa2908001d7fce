package dev.gatehouse.postgres.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes a file whose last bytes are replaced by the SHA-256 of all bytes before them, in
/// hexadecimal. For one thread.
final class SealedOutput extends OutputStream {
  /// How many bytes are replaced.
  static final int SEAL = 64;

  private final OutputStream out;
  private final MessageDigest digest = CountedRows.sha256();
  private final byte[] held = new byte[SEAL];
  private int count;

  SealedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int surplus = Math.max(0, count + length - SEAL);
    int ofHeld = Math.min(surplus, count);
    forward(held, 0, ofHeld);
    System.arraycopy(held, ofHeld, held, 0, count - ofHeld);
    count -= ofHeld;
    int ofNew = surplus - ofHeld;
    forward(bytes, from, ofNew);
    System.arraycopy(bytes, from + ofNew, held, count, length - ofNew);
    count += length - ofNew;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /// Writes the seal in the place of the last bytes.
  @Override
  public void close() throws IOException {
    String seal = HexFormat.of().formatHex(digest.digest());
    out.write(seal.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void forward(byte[] bytes, int from, int length) throws IOException {
    digest.update(bytes, from, length);
    out.write(bytes, from, length);
  }
}
