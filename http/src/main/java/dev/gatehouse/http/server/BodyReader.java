package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/// Takes in the body of one request, up to a limit. Memory is taken for what has arrived, not for
/// what was announced.
final class BodyReader {
  private final Exchange exchange;
  private final ConcurrencyLimit.Permit place;
  private final int limit;
  private final Consumer<byte[]> whole;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /// @param whole gets the body once all of it is there
  BodyReader(Exchange exchange, ConcurrencyLimit.Permit place, int limit, Consumer<byte[]> whole) {
    this.exchange = exchange;
    this.place = place;
    this.limit = limit;
    this.whole = whole;
  }

  /// Refuses by the head alone what need not be read.
  static void checkHead(HttpServerRequest http, Route route, int limit) {
    ContentTypes.check(http.headers(), route.consumes());
    if (length(http) > limit) {
      throw tooLarge();
    }
    String expectation = http.headers().get(HeaderNames.EXPECT);
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      throw new Refusal(ErrorCode.MALFORMED_REQUEST, "The expectation is not known.");
    }
  }

  void read() {
    HttpServerRequest http = exchange.http();
    http.handler(chunk -> exchange.guard(() -> take(chunk)));
    http.endHandler(_ -> exchange.guard(this::finish));
    if (http.headers().contains(HeaderNames.EXPECT)) {
      http.response().writeContinue();
    }
  }

  private void take(Buffer chunk) {
    if (place.held() + chunk.length() > limit) {
      throw tooLarge();
    }
    place.hold(chunk.length());
    body.writeBytes(chunk.getBytes());
  }

  private void finish() {
    exchange.bodyRead();
    whole.accept(body.toByteArray());
  }

  private static long length(HttpServerRequest http) {
    String length = http.headers().get(HeaderNames.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private static Refusal tooLarge() {
    return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body is larger than this call takes.");
  }
}
