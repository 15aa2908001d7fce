package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// A real server on a free port whose requests are counted.
record MeteredServer(EventLoops loops, HttpServer server, Metrics meters) implements AutoCloseable {
  static MeteredServer with(Route... routes) {
    return with(List.of(routes), _ -> List.of());
  }

  static MeteredServer with(List<Route> routes, Function<Metrics, List<Route>> more) {
    var metrics = Metrics.open(false);
    EventLoops loops = EventLoops.open();
    HttpServer server =
        HttpServer.builder(HttpSettings.defaults().listeningOn("127.0.0.1", 0))
            .routes(routes)
            .routes(more.apply(metrics))
            .observer(metrics.requests())
            .start(loops);
    return new MeteredServer(loops, server, metrics);
  }

  static String request(String method, String path, String... headers) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  RawHttpClient connect() throws IOException {
    return new RawHttpClient(server.port());
  }

  Exposed metrics() {
    return Exposed.by(meters);
  }

  @Override
  public void close() {
    server.drain(Duration.ofMillis(100));
    loops.close();
    meters.close();
  }
}
