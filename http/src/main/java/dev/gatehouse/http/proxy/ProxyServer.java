package dev.gatehouse.http.proxy;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.internal.Listeners;
import dev.gatehouse.http.internal.ServerBuilder;
import java.time.Duration;

/// A running server that proxies every request: HTTP/1.1, and over TLS HTTP/2 too. Thread-safe.
public final class ProxyServer implements AutoCloseable {
  private final Listeners listeners;

  private ProxyServer(Listeners listeners) {
    this.listeners = listeners;
  }

  /// A proxy with these settings.
  ///
  /// @param handler proxies the requests
  public static Builder builder(HttpSettings settings, ProxyHandler.Opening handler) {
    return new Builder(settings, handler);
  }

  /// The port it listens on.
  public int port() {
    return listeners.port();
  }

  /// The number of open connections.
  public int activeConnections() {
    return listeners.activeConnections();
  }

  /// Closes the server without failing a request, see [Listeners#drain].
  public void drain(Duration grace) {
    listeners.drain(grace);
  }

  /// Drains with the grace of the settings.
  @Override
  public void close() {
    listeners.close();
  }

  /// What a proxy is made of.
  public static final class Builder extends ServerBuilder<Builder> {
    private final ProxyHandler.Opening handler;

    private Builder(HttpSettings settings, ProxyHandler.Opening handler) {
      super(settings);
      this.handler = handler;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /// Binds the port and serves.
    ///
    /// @throws Fault when it cannot listen, with the reason as its cause
    public ProxyServer start(EventLoops loops) {
      var observers = new MethodObservers(observer());
      return new ProxyServer(
          listen(loops, true, vertx -> new ProxyDispatcher(handler.open(vertx), observers)));
    }
  }
}
