package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Faults;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way in for every request, whether it is answered here or passed on: its shape is checked
/// before anything else reads it. One for each loop.
final class CheckedIntake {
  private static final Logger log = LoggerFactory.getLogger(CheckedIntake.class);
  private static final int BAD_REQUEST = 400;
  private static final int URI_TOO_LONG = 414;
  private static final int HEAD_TOO_LARGE = 431;

  private final RequestAcceptor intake;

  CheckedIntake(RequestAcceptor intake) {
    this.intake = intake;
  }

  /// A request whose head could be read.
  void handle(HttpServerRequest http) {
    Connection connection = Connection.of(http);
    if (connection.isEnding()) {
      return;
    }
    try {
      check(http, connection);
    } catch (RuntimeException | Error unexpected) {
      giveUp(connection, unexpected);
    }
  }

  /// A request whose head could not be read.
  void refuseInvalid(HttpServerRequest http) {
    Connection connection = Connection.of(http);
    if (connection.isEnding()) {
      return;
    }
    var refusal = new Refusal(ErrorCode.MALFORMED_REQUEST, "The request is not proper HTTP.");
    try {
      intake.refuse(http, connection, refusal, status(http.decoderResult().cause()));
    } catch (RuntimeException | Error unexpected) {
      giveUp(connection, unexpected);
    }
  }

  private void check(HttpServerRequest http, Connection connection) {
    Target target;
    try {
      target = RequestValidation.check(http);
    } catch (Refusal malformed) {
      intake.refuse(http, connection, malformed, BAD_REQUEST);
      return;
    }
    intake.take(http, connection, target);
  }

  /// Without an answer the client would wait for one until the connection times out.
  private static void giveUp(Connection connection, Throwable unexpected) {
    Faults.describe(log.atError(), unexpected).log("Request could not be taken; connection closed");
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
