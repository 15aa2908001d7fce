package dev.gatehouse.http.internal;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Methods;
import dev.gatehouse.http.eventloop.Faults;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts every request of one event loop, whether it is handled here or proxied: validates its
/// head before anything else reads it, and dispatches it.
final class RequestAcceptor<R extends ActiveRequest> {
  private static final Logger log = LoggerFactory.getLogger(RequestAcceptor.class);
  private static final int BAD_REQUEST = 400;
  private static final int URI_TOO_LONG = 414;
  private static final int HEAD_TOO_LARGE = 431;

  private final Dispatcher<R> dispatcher;

  RequestAcceptor(Dispatcher<R> dispatcher) {
    this.dispatcher = dispatcher;
  }

  /// Accepts a request whose head could be parsed.
  void accept(HttpServerRequest http) {
    Connection connection = Connection.of(http);
    if (connection.isEnding()) {
      return;
    }
    try {
      accept(http, connection);
    } catch (RuntimeException | Error unexpected) {
      giveUp(connection, unexpected);
    }
  }

  /// Refuses a request whose head could not be parsed.
  void refuseInvalid(HttpServerRequest http) {
    Connection connection = Connection.of(http);
    if (connection.isEnding()) {
      return;
    }
    var refusal = new Refusal(ErrorCode.MALFORMED_REQUEST, "The request is not proper HTTP.");
    try {
      refuse(http, connection, refusal, status(http.decoderResult().cause()));
    } catch (RuntimeException | Error unexpected) {
      giveUp(connection, unexpected);
    }
  }

  private void accept(HttpServerRequest http, Connection connection) {
    Target target;
    try {
      target = RequestValidation.check(http);
    } catch (Refusal malformed) {
      refuse(http, connection, malformed, BAD_REQUEST);
      return;
    }
    R request = open(http, connection, target);
    try {
      dispatch(request, target);
    } catch (RuntimeException | Error thrown) {
      request.recover(thrown);
    }
  }

  private void dispatch(R request, Target target) {
    if (target.isServer()) {
      request.respond(Methods.ofServer());
      return;
    }
    dispatcher.dispatch(request);
  }

  private void refuse(HttpServerRequest http, Connection connection, Refusal refusal, int status) {
    open(http, connection, Target.UNKNOWN).refuse(refusal, status);
  }

  private R open(HttpServerRequest http, Connection connection, Target target) {
    R request = dispatcher.open(http, connection, target);
    connection.begin(request);
    return request;
  }

  /// Without a response the client would wait until the connection times out.
  private static void giveUp(Connection connection, Throwable unexpected) {
    Faults.describe(log.atError(), unexpected)
        .log("Request could not be accepted; connection closed");
    connection.abort();
  }

  private static int status(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> HEAD_TOO_LARGE;
      default -> BAD_REQUEST;
    };
  }
}
