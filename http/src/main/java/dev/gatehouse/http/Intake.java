package dev.gatehouse.http;

import io.vertx.core.http.HttpServerRequest;

/// What one event loop does with the requests it has parsed.
interface Intake {
  /// A request whose head could be read.
  void handle(HttpServerRequest http);

  /// A request whose head could not be read.
  void refuseInvalid(HttpServerRequest http);
}
