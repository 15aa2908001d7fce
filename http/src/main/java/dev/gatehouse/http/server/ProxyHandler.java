package dev.gatehouse.http.server;

import io.vertx.core.Vertx;

/// Passes requests on instead of answering them by routes: what a gateway does. Used by one event
/// loop.
@FunctionalInterface
public interface ProxyHandler {
  /// Takes a request over. Its body has not been read, and must be paused by anyone who does not
  /// read it at once. What is thrown becomes a problem response.
  void take(ProxiedExchange passage);

  /// Opens what one event loop needs, on that loop.
  @FunctionalInterface
  interface Opening {
    /// Called once for each loop, when the server starts; what is opened there is closed with the
    /// loops.
    ProxyHandler open(Vertx vertx);
  }
}
