package dev.gatehouse.http.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// The open connections of one event loop. Used by that loop alone, save for the shared count.
final class Connections {
  private final Set<Connection> open = new HashSet<>();
  private final ServerContext context;
  private final AtomicInteger total;
  private final Promise<Void> drained = Promise.promise();

  /// @param total counts the connections of all loops of the server
  Connections(ServerContext context, AtomicInteger total) {
    this.context = context;
    this.total = total;
  }

  /// Takes a new connection on, or closes it when there are too many.
  void accept(HttpServerConnection http, HttpServerOptions options) {
    if (total.incrementAndGet() > context.maxConnections()) {
      total.decrementAndGet();
      var _ = http.channelHandlerContext().channel().close();
      return;
    }
    var connection = new Connection(http, this, context);
    open.add(connection);
    connection.install(options);
  }

  void remove(Connection connection) {
    if (open.remove(connection)) {
      total.decrementAndGet();
      if (context.isDraining() && open.isEmpty()) {
        drained.tryComplete();
      }
    }
  }

  /// Closes and times out what is due.
  void check() {
    context.refreshDate();
    long now = System.nanoTime();
    for (Connection connection : List.copyOf(open)) {
      connection.check(now);
    }
  }

  /// Makes each response the last one of its connection. Done when all connections are gone, or
  /// after a while.
  Future<Void> drain(Vertx vertx, Duration quiet) {
    context.drain();
    long timer = vertx.setTimer(Math.max(1, quiet.toMillis()), _ -> drained.tryComplete());
    if (open.isEmpty()) {
      drained.tryComplete();
    }
    return drained.future().onComplete(_ -> vertx.cancelTimer(timer));
  }
}
