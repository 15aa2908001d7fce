package dev.gatehouse.http.server;

import dev.gatehouse.errors.Refusal;
import io.vertx.core.http.HttpServerRequest;

/// What one event loop does with the requests it has parsed, see [CheckedIntake].
interface RequestAcceptor {
  /// A request that passed the checks of its shape.
  void take(HttpServerRequest http, Connection connection, Target target);

  /// A request that did not: after its answer nothing on its connection can be trusted.
  ///
  /// @param status of the answer
  void refuse(HttpServerRequest http, Connection connection, Refusal refusal, int status);
}
