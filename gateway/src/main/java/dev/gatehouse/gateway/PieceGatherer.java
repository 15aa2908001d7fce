package dev.gatehouse.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Consumer;

/// Writes together the pieces of a body that arrived together. A sender of small chunks delivers
/// hundreds of them with one read of the socket, and each one written by itself costs a system call
/// and a packet. What was gathered is written as soon as the event loop has taken in that read, so
/// that nothing waits for more to come. On one event loop alone.
final class PieceGatherer {
  private static final int MOST = 64 * 1024;
  private static final Buffer NOTHING = Buffer.buffer();

  private final Context context = Objects.requireNonNull(Vertx.currentContext());
  private final Consumer<Buffer> write;
  private Buffer gathered = NOTHING;
  private boolean copied;
  private boolean scheduled;

  /// @param write takes what was gathered; called within [#add] or later on the same event loop
  PieceGatherer(Consumer<Buffer> write) {
    this.write = write;
  }

  void add(Buffer piece) {
    append(piece);
    if (gathered.length() >= MOST) {
      flush();
    } else if (!scheduled) {
      scheduled = true;
      context.runOnContext(
          _ -> {
            scheduled = false;
            flush();
          });
    }
  }

  /// What was gathered and not yet written; it is not written any more.
  Buffer take() {
    Buffer taken = gathered;
    gathered = NOTHING;
    copied = false;
    return taken;
  }

  private void flush() {
    if (gathered.length() > 0) {
      write.accept(take());
    }
  }

  private void append(Buffer piece) {
    if (gathered.length() == 0) {
      gathered = piece;
      return;
    }
    if (!copied) {
      gathered = Buffer.buffer(2 * (gathered.length() + piece.length())).appendBuffer(gathered);
      copied = true;
    }
    gathered.appendBuffer(piece);
  }
}
