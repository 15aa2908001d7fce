package dev.gatehouse.gateway;

import dev.gatehouse.http.Passage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/// Writes an instance's answer to the client as it comes, no faster than the client takes it.
final class AnswerStream {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final long UNKNOWN = -1;

  private final Passage passage;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final long announced;
  private Buffer last = Buffer.buffer();
  private long received;

  private AnswerStream(Passage passage, HttpClientResponse from, HttpServerResponse to) {
    this.passage = passage;
    this.from = from;
    this.to = to;
    String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    this.announced = length == null ? UNKNOWN : Long.parseLong(length);
  }

  /// Begins to pass an answer on.
  ///
  /// @param whole is run when all of it has arrived
  /// @param broken is run when it breaks off; the client's answer has then been broken off too
  static void pass(HttpClientResponse from, Passage passage, Runnable whole, Runnable broken) {
    HttpServerResponse to = passage.begin();
    to.setStatusCode(from.statusCode());
    HeaderFields.copyAnswer(from.headers(), to.headers());
    passage.addTransportSecurity();
    var stream = new AnswerStream(passage, from, to);
    stream.begin(whole, broken);
  }

  private void begin(Runnable whole, Runnable broken) {
    if (announced == UNKNOWN && mayHaveBody()) {
      to.setChunked(true);
    }
    from.handler(this::take);
    from.endHandler(
        _ -> {
          whole.run();
          passage.end(last);
        });
    from.exceptionHandler(
        _ -> {
          passage.breakOff();
          broken.run();
        });
  }

  private boolean mayHaveBody() {
    int status = from.statusCode();
    return !passage.http().method().equals(HttpMethod.HEAD)
        && status != NO_CONTENT
        && status != NOT_MODIFIED;
  }

  /// The last piece waits for the end, so that a small answer is written in one go.
  private void take(Buffer piece) {
    received += piece.length();
    if (received == announced) {
      last = piece;
      return;
    }
    if (passage.isDone()) {
      return;
    }
    var _ = to.write(piece);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }
}
