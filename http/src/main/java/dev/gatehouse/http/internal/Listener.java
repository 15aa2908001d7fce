package dev.gatehouse.http.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on one event loop.
final class Listener extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final int MAX_REQUEST_LINE = 8 * 1024;
  private static final int MAX_HEAD = 16 * 1024;
  private static final int BACKLOG = 1024;

  private final HttpServerOptions options;
  private final Connections connections;
  private final Function<Vertx, Dispatcher<?>> dispatcher;
  private final Duration checkEvery;
  private io.vertx.core.http.@Nullable HttpServer server;

  /// @param dispatcher is called on the loop when the listener starts
  Listener(
      HttpServerOptions options,
      Connections connections,
      Function<Vertx, Dispatcher<?>> dispatcher,
      Duration checkEvery) {
    this.options = options;
    this.connections = connections;
    this.dispatcher = dispatcher;
    this.checkEvery = checkEvery;
  }

  static HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setAcceptBacklog(BACKLOG)
        .setTcpNoDelay(true)
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setStrictThreadMode(true)
        .setMaxInitialLineLength(MAX_REQUEST_LINE)
        .setMaxHeaderSize(MAX_HEAD);
  }

  @Override
  public Future<?> start() {
    var acceptor = new RequestAcceptor<>(dispatcher.apply(vertx));
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(http -> connections.accept((HttpServerConnection) http, options))
            .requestHandler(acceptor::accept)
            .invalidRequestHandler(acceptor::refuseInvalid)
            .exceptionHandler(broken -> log.debug("Connection broke", broken));
    vertx.setPeriodic(checkEvery.toMillis(), _ -> connections.check());
    return server.listen();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  /// Makes each response the last of its connection, then stops listening and closes idle
  /// connections, then waits for what is left.
  ///
  /// @param quiet how long clients with an idle connection have to notice before it is closed
  /// @param grace how long requests in flight have after that
  Future<Void> drain(Duration quiet, Duration grace) {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(
        _ -> connections.drain(vertx, quiet).compose(_ -> shutdown(grace)).onComplete(drained));
    return drained.future();
  }

  private Future<Void> shutdown(Duration grace) {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS);
  }
}
