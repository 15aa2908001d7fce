package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.telemetry.Telemetry;
import dev.gatehouse.telemetry.metrics.Metrics;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A real server on a free port whose requests are recorded.
record TracedServer(EventLoops loops, HttpServer server, Tracing tracing) implements AutoCloseable {
  static TracingSettings settings(URI endpoint, Sampling sampling) {
    return settings(endpoint, sampling, Duration.ofSeconds(20));
  }

  /// With this time to send spans.
  static TracingSettings settings(URI endpoint, Sampling sampling, Duration time) {
    return new TracingSettings(
        endpoint.resolve("/v1/traces"),
        Map.of("x-key", "k"),
        time,
        true,
        Optional.empty(),
        sampling,
        new TracingSettings.Batches(Duration.ofMillis(50), time, 512, 128),
        Map.of("service.name", "tested"));
  }

  static TracedServer start(TracingSettings settings, Function<Tracing, List<Route>> routes)
      throws IOException {
    Tracing tracing = Tracing.start(settings);
    EventLoops loops = EventLoops.open(1);
    var telemetry = new Telemetry(Metrics.open(true), Optional.of(tracing));
    HttpServer server =
        telemetry
            .watch(HttpServer.builder(HttpSettings.defaults().listeningOn("127.0.0.1", 0)))
            .routes(routes.apply(tracing))
            .start(loops);
    return new TracedServer(loops, server, tracing);
  }

  RawHttpClient connect() throws IOException {
    return new RawHttpClient(server.port());
  }

  RawResponse get(String path, String... headers) throws IOException {
    try (var client = connect()) {
      return client.send(request("GET", path, headers)).read();
    }
  }

  static String request(String method, String path, String... headers) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  @Override
  public void close() {
    server.drain(Duration.ofMillis(100));
    loops.close();
    tracing.close();
  }
}
