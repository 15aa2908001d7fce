package dev.gatehouse.http.proxy;

import io.vertx.core.Vertx;

/// Proxies requests instead of handling them by routes, as a gateway does. Used by one event loop.
@FunctionalInterface
public interface ProxyHandler {
  /// Takes a request over. Its body has not been read; a handler that does not read it at once
  /// must pause it. What is thrown becomes a problem response.
  void take(ProxiedExchange exchange);

  /// Opens what one event loop needs, on that loop.
  @FunctionalInterface
  interface Opening {
    /// Called once for each loop, when the server starts; what is opened there is closed with the
    /// loops.
    ProxyHandler open(Vertx vertx);
  }
}
