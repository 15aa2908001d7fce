package dev.gatehouse.gateway;

import dev.gatehouse.http.proxy.ProxiedExchange;
import dev.gatehouse.resilience.CallResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/// Writes an instance's response to the client as it comes, no faster than the client takes it.
/// Nothing is written before there is more than a head, so that a response which breaks off behind
/// its head can still be asked for elsewhere.
final class ResponseStream {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final long UNKNOWN = -1;
  private static final Buffer NOTHING = Buffer.buffer();

  private final ProxiedExchange exchange;
  private final UpstreamCall attempt;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final Ending ending;
  private final long announced;
  private final PieceGatherer pieces = new PieceGatherer(this::write);
  private Buffer last = NOTHING;
  private long received;
  private boolean begun;

  /// Receives how a response ended.
  interface Ending {
    /// All of it has arrived.
    void whole();

    /// It broke off before any of it went to the client.
    void broken();
  }

  private ResponseStream(
      HttpClientResponse from, ProxiedExchange exchange, UpstreamCall attempt, Ending ending) {
    this.exchange = exchange;
    this.attempt = attempt;
    this.from = from;
    this.to = exchange.http().response();
    this.ending = ending;
    String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    this.announced = length == null ? UNKNOWN : Long.parseLong(length);
  }

  /// Passes a response on whose head is there.
  ///
  /// @param attempt nothing is passed on any more once it has ended
  static void pass(
      HttpClientResponse from, ProxiedExchange exchange, UpstreamCall attempt, Ending ending) {
    var stream = new ResponseStream(from, exchange, attempt, ending);
    from.handler(stream::take);
    from.endHandler(_ -> stream.end());
    from.exceptionHandler(_ -> stream.breakOff());
  }

  /// The last piece waits for the end, so that a small response is written in one go.
  private void take(Buffer piece) {
    received += piece.length();
    if (received == announced) {
      last = piece;
      return;
    }
    if (attempt.isEnded()) {
      return;
    }
    begin();
    pieces.add(piece);
  }

  private void write(Buffer gathered) {
    if (attempt.isEnded() || exchange.isDone()) {
      return;
    }
    var _ = to.write(gathered);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }

  private void end() {
    if (attempt.isEnded()) {
      return;
    }
    begin();
    ending.whole();
    exchange.end(rest());
  }

  private Buffer rest() {
    Buffer gathered = pieces.take();
    return gathered.length() == 0
        ? last
        : Buffer.buffer().appendBuffer(gathered).appendBuffer(last);
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    attempt.responded(from.statusCode());
    exchange.begin();
    to.setStatusCode(from.statusCode());
    HeaderFields.copyResponse(from.headers(), to.headers());
    exchange.addTransportSecurity();
    if (announced == UNKNOWN && mayHaveBody()) {
      to.setChunked(true);
    }
  }

  private boolean mayHaveBody() {
    int status = from.statusCode();
    return !exchange.http().method().equals(HttpMethod.HEAD)
        && status != NO_CONTENT
        && status != NOT_MODIFIED;
  }

  private void breakOff() {
    if (!begun) {
      ending.broken();
      return;
    }
    var _ = pieces.take();
    exchange.breakOff();
    attempt.end(CallResult.BROKEN);
  }
}
