package dev.gatehouse.gateway;

import dev.gatehouse.http.proxy.ProxiedExchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/// The body of one request: kept while it is small, so that it can be sent again; streamed through,
/// once, when it is large.
final class RequestBody {
  private static final Buffer NOTHING = Buffer.buffer();

  private final ProxiedExchange exchange;
  private final HttpServerRequest from;
  private final int held;
  private final Consumer<Runnable> guard;
  private final boolean announced;
  private Buffer kept = NOTHING;
  private boolean streaming;
  private boolean consumed;

  /// @param held the most bytes to keep
  /// @param guard takes the steps that follow from what arrives, and fails the request, this body
  ///     with it, over what one of them throws
  RequestBody(ProxiedExchange exchange, int held, Consumer<Runnable> guard) {
    this.exchange = exchange;
    this.from = exchange.http();
    this.held = held;
    this.guard = guard;
    this.announced =
        from.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || from.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /// Gathers the body.
  ///
  /// @param ready is run once: when all of it is kept, or as soon as it is clear that it will be
  ///     streamed
  void gather(Runnable ready) {
    if (from.headers().contains(HttpHeaders.EXPECT)) {
      from.response().writeContinue();
    }
    from.handler(piece -> guard.accept(() -> gather(piece, ready)));
    from.endHandler(
        _ -> {
          exchange.bodyRead();
          guard.accept(ready);
        });
  }

  private void gather(Buffer piece, Runnable ready) {
    keep(piece);
    if (kept.length() > held && !streaming) {
      streaming = true;
      from.pause();
      ready.run();
    }
  }

  /// Whether a request with this body could be sent from its beginning.
  boolean canBeSent() {
    return !consumed;
  }

  /// Writes what the head says of the body.
  void describe(HttpClientRequest to) {
    if (!streaming) {
      if (kept.length() > 0 || announced) {
        to.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(kept.length()));
      }
      return;
    }
    String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      to.setChunked(true);
    } else {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, length);
    }
  }

  /// Sends the body, and with it the request.
  void send(HttpClientRequest to) {
    if (!streaming) {
      end(kept, to);
      return;
    }
    consumed = true;
    var pieces = new PieceGatherer(gathered -> guard.accept(() -> write(gathered, to)));
    from.handler(piece -> guard.accept(() -> pieces.add(piece)));
    from.endHandler(
        _ -> {
          exchange.bodyRead();
          guard.accept(() -> end(pieces.take(), to));
        });
    write(kept, to);
    kept = NOTHING;
    exchange.release();
    from.resume();
  }

  private static void end(Buffer rest, HttpClientRequest to) {
    var _ = rest.length() == 0 ? to.end() : to.end(rest);
  }

  /// Throws away what still arrives.
  void drop() {
    if (exchange.hasUnreadBody() && !from.isEnded()) {
      from.handler(null);
      from.endHandler(_ -> exchange.bodyRead());
      from.resume();
    }
  }

  private void keep(Buffer piece) {
    exchange.hold(piece.length());
    if (kept.length() == 0) {
      kept = Buffer.buffer();
    }
    kept.appendBuffer(piece);
  }

  private void write(Buffer piece, HttpClientRequest to) {
    var _ = to.write(piece);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }
}
