package dev.gatehouse.http.server;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.resilience.Deadline;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
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
  private final HttpSettings settings;
  private final AtomicInteger total;
  private final HttpDate clock;
  private final CorsPolicy origins;
  private CharSequence date;
  private final Promise<Void> drained = Promise.promise();
  private final Duration own;
  private boolean draining;

  /// @param total counts the connections of all loops of the server
  Connections(HttpSettings settings, AtomicInteger total, HttpDate clock, CorsPolicy origins) {
    this.origins = origins;
    this.clock = clock;
    this.date = clock.now();
    this.settings = settings;
    this.total = total;
    this.own = settings.requestTimeout();
  }

  /// Takes a new connection on, or closes it when there are too many.
  void accept(HttpServerConnection http, HttpServerOptions options) {
    if (total.incrementAndGet() > settings.maxConnections()) {
      total.decrementAndGet();
      var _ = http.channelHandlerContext().channel().close();
      return;
    }
    var connection = new Connection(http, this);
    open.add(connection);
    connection.install(options);
  }

  void remove(Connection connection) {
    if (open.remove(connection)) {
      total.decrementAndGet();
      if (draining && open.isEmpty()) {
        drained.tryComplete();
      }
    }
  }

  /// Closes and times out what is due.
  void check() {
    date = clock.now();
    long now = System.nanoTime();
    for (Connection connection : List.copyOf(open)) {
      connection.check(now);
    }
  }

  /// From now on every answer is the last one of its connection. Done when all connections are
  /// gone, or after a while.
  Future<Void> drain(Vertx vertx, Duration quiet) {
    draining = true;
    long timer = vertx.setTimer(Math.max(1, quiet.toMillis()), _ -> drained.tryComplete());
    if (open.isEmpty()) {
      drained.tryComplete();
    }
    return drained.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  boolean isDraining() {
    return draining;
  }

  long headerNanos() {
    return settings.headerTimeout().toNanos();
  }

  long idleNanos() {
    return settings.idleTimeout().toNanos();
  }

  CorsPolicy origins() {
    return origins;
  }

  CharSequence date() {
    return date;
  }

  /// When the answer to a request with these headers must be out: by the server's own measure, or
  /// sooner where the caller waits no longer.
  Deadline requestDeadline(MultiMap headers) {
    return Deadline.after(RequestTimeout.of(headers.get(HeaderNames.REQUEST_TIMEOUT), own));
  }
}
