package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.id.UserId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An export to a stream that others read.
public final class StreamSink implements UserSink {
  /// Asking whether the other side still reads flushes; so often is enough.
  private static final int BETWEEN_CHECKS = 1_000;

  private final PrintStream out;
  private int lines;

  public StreamSink(PrintStream out) {
    this.out = out;
  }

  @Override
  public boolean begun() {
    return false;
  }

  @Override
  public Optional<UserId> last() {
    return Optional.empty();
  }

  @Override
  public void write(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
    if (++lines % BETWEEN_CHECKS == 0) {
      finish();
    }
  }

  @Override
  public void finish() throws IOException {
    if (out.checkError()) {
      throw new IOException("nobody reads the output any more");
    }
  }

  /// The stream is not ours.
  @Override
  public void close() {}
}
