package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.prometheus.PrometheusServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus takes what a running instance and gateway expose, exemplars included.
@ExtendWith(ObservedExtension.class)
class ScrapedTest {
  @Test
  void prometheusTakesInstanceAndGatewayWithExemplars(Observed observed, @TempDir Path folder)
      throws Exception {
    Observed.client(observed.gateway()).signIn("nobody@example.org", "an engine of difference");
    assertThat(Scrape.withExemplarsOf(observed.instance()).text()).contains("trace_id=\"");

    try (var prometheus = PrometheusServer.start(Scraping.of(observed, folder), folder)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(prometheus.query("sum(up)"))
                      .as(prometheus.targets())
                      .contains("\"2\"]"));
      assertThat(prometheus.query("count(gateway_upstream_requests_total)")).contains("\"8\"]");
    }
  }
}
