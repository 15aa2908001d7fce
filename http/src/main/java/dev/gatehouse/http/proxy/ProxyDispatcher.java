package dev.gatehouse.http.proxy;

import dev.gatehouse.http.internal.Connection;
import dev.gatehouse.http.internal.Dispatcher;
import dev.gatehouse.http.internal.Target;
import io.vertx.core.http.HttpServerRequest;

/// Hands each request of one event loop to the proxy handler.
final class ProxyDispatcher implements Dispatcher<ProxiedExchange> {
  private final ProxyHandler handler;
  private final MethodObservers observers;

  ProxyDispatcher(ProxyHandler handler, MethodObservers observers) {
    this.handler = handler;
    this.observers = observers;
  }

  @Override
  public ProxiedExchange open(HttpServerRequest http, Connection connection, Target target) {
    return new ProxiedExchange(http, connection, target, observers.of(http.method()));
  }

  @Override
  public void dispatch(ProxiedExchange exchange) {
    exchange.enter();
    handler.take(exchange);
  }
}
