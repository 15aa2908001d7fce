package dev.gatehouse.http.internal;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.eventloop.Futures;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A server that listens on its event loops. Thread-safe.
public final class Listeners {
  private static final Duration LONGEST_START = Duration.ofSeconds(10);
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(1);
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final HttpSettings settings;
  private final AtomicInteger connections;
  private final List<Listener> all;

  private Listeners(HttpSettings settings, AtomicInteger connections, List<Listener> all) {
    this.settings = settings;
    this.connections = connections;
    this.all = List.copyOf(all);
  }

  /// Listens on each event loop.
  ///
  /// @param listener makes the listener of one loop, with the count of connections of all
  /// @throws Fault when it cannot listen, with the reason as its cause
  static Listeners open(
      EventLoops loops, HttpSettings settings, Function<AtomicInteger, Listener> listener) {
    var connections = new AtomicInteger();
    String otherwise = "Cannot listen on " + settings.host() + ":" + settings.port() + ".";
    var all = new ArrayList<Listener>();
    for (int index = 0; index < loops.count(); index++) {
      Listener next = listener.apply(connections);
      Futures.until(loops.vertx().deployVerticle(next), LONGEST_START, otherwise);
      all.add(next);
    }
    return new Listeners(settings, connections, all);
  }

  /// The port it listens on.
  public int port() {
    return all.getFirst().port();
  }

  /// The number of open connections.
  public int activeConnections() {
    return connections.get();
  }

  /// Drains with the grace of the settings.
  public void close() {
    drain(settings.shutdownGrace());
  }

  /// Closes the server without failing a request: each response asks its client to close the
  /// connection, idle connections are closed a moment later, nothing new is accepted, and requests
  /// in flight get the time to finish. Returns within the grace, give or take a scheduler's delay.
  /// Draining again has no effect.
  public void drain(Duration grace) {
    Duration quarter = grace.dividedBy(4);
    Duration quiet = quarter.compareTo(LONGEST_QUIET) < 0 ? quarter : LONGEST_QUIET;
    Duration rest = grace.minus(quiet);
    List<Future<Void>> drained = all.stream().map(each -> each.drain(quiet, rest)).toList();
    Futures.until(Future.join(drained), grace.plus(MARGIN), "The server could not be drained.");
  }
}
