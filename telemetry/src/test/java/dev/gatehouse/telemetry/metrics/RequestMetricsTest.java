package dev.gatehouse.telemetry.metrics;

import static dev.gatehouse.telemetry.metrics.MeteredServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
  private static final int STRANGE_REQUESTS = 10_000;
  private static final String COUNT = "http_request_duration_seconds_count";
  private static final String KNOWN =
      COUNT + "{method=\"GET\",path=\"/users/{id}\",status=\"204\"}";
  private static final String NOWHERE = COUNT + "{method=\"OTHER\",path=\"other\",status=\"404\"}";

  @Test
  void addsNoSeriesForTenThousandStrangePathsAndMethods() throws Exception {
    try (var server =
            MeteredServer.with(
                Route.get("/users/{id}", _ -> Response.noContent()).access(Guard.PUBLIC));
        var client = server.connect()) {
      client.send(request("GET", "/users/one")).read();
      client.send(request("GET", "/nowhere")).read();
      client.send(request("POST", "/users/one")).read();
      client.send(request("FROB", "/users/one")).read();
      await().untilAsserted(() -> assertThat(observed(server.metrics())).isEqualTo(4));
      int before = server.metrics().samples().size();

      var random = new Random(5);
      for (int sent = 0; sent < STRANGE_REQUESTS; sent++) {
        String path = (sent % 2 == 0 ? "/" : "/users/") + word(random);
        client.send(request(sent % 3 == 0 ? method(random) : "GET", path)).read();
      }

      assertThat(server.metrics().samples()).hasSize(before);
      assertThat(server.metrics().value(NOWHERE)).isGreaterThan(1_000);
    }
  }

  @Test
  void namesTheTemplateAndTheStatus() throws Exception {
    try (var server =
        MeteredServer.with(
            Route.get("/users/{id}", _ -> Response.noContent()).access(Guard.PUBLIC))) {
      try (var client = server.connect()) {
        client.send(request("GET", "/users/one")).read();
      }

      await().untilAsserted(() -> assertThat(server.metrics().value(KNOWN)).isEqualTo(1));
    }
  }

  @Test
  void servesOpenMetricsToPrometheus() throws Exception {
    try (var server =
            MeteredServer.with(List.of(), metrics -> new MetricsResource(metrics).routes());
        var client = server.connect()) {
      var open =
          client
              .send(
                  request(
                      "GET",
                      "/metrics",
                      "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5"))
              .read();
      var plain = client.send(request("GET", "/metrics")).read();

      assertThat(open.header("content-type")).startsWith("application/openmetrics-text");
      assertThat(open.text()).endsWith("# EOF\n");
      assertThat(plain.header("content-type")).startsWith("text/plain; version=0.0.4");
      assertThat(plain.text()).contains("jvm_memory_used_bytes");
    }
  }

  /// The number of observed requests. A response is sent shortly before it is observed.
  private static double observed(Exposed metrics) {
    return metrics.samples().stream()
        .filter(line -> line.startsWith(COUNT))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String method(Random random) {
    return word(random).toUpperCase(java.util.Locale.ROOT);
  }

  private static String word(Random random) {
    return random
        .ints(12, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
