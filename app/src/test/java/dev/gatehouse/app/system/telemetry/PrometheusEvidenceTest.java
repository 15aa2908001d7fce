package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.consul.ConsulAgent;
import dev.gatehouse.testkit.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real Prometheus with the repository's configuration and rules: only the addresses and the pace
/// of scraping are the test's. Under load every query of the dashboard has data, and an alert fires
/// when PostgreSQL is stopped, and clears when it is back.
@Tag("evidence")
class PrometheusEvidenceTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /// Queries that rightly find nothing while all is well, and are asked again when it is not: there
  /// are no series of server errors before the first one.
  private static final List<String> EMPTY_WHILE_ALL_IS_WELL =
      List.of("Server errors by route: sum by (method, path, status)");

  /// A query of the dashboard under the title of its panel.
  private record Query(String title, String expression) {
    /// As Grafana would send it.
    String filledIn() {
      return expression.replace("$__rate_interval", "15s").replace("$instance", ".*");
    }

    @Override
    public String toString() {
      return title + ": " + expression;
    }
  }

  @Test
  void theDashboardIsFilledAndAStoppedDatabaseRaisesItsAlert(@TempDir Path folder)
      throws Exception {
    try (var consul = ConsulAgent.start();
        var observed = Observed.knownTo(consul.url());
        var prometheus = PrometheusServer.start(Scraping.of(observed, folder), folder);
        var _ = Visitors.of(observed)) {
      List<Query> queries = queries();
      assertThat(queries).hasSizeGreaterThan(40);
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(withoutData(prometheus, queries))
                      .as(prometheus.targets())
                      .allMatch(PrometheusEvidenceTest::mayBeEmpty));
      List<Query> empty = withoutData(prometheus, queries);
      System.out.printf("%d queries, without data while all is well: %s%n", queries.size(), empty);
      assertThat(empty).hasSameSizeAs(EMPTY_WHILE_ALL_IS_WELL);

      long stopped = System.nanoTime();
      observed.stopDatabase();
      await().atMost(TIMEOUT).until(() -> firing(prometheus).contains("GatehouseDatabaseDown"));
      say("firing after", stopped, firing(prometheus));
      assertThat(withoutData(prometheus, empty)).isEmpty();

      long started = System.nanoTime();
      observed.startDatabase();
      await().atMost(TIMEOUT).until(() -> !firing(prometheus).contains("GatehouseDatabaseDown"));
      say("no longer, but what is named, after", started, firing(prometheus));
    }
  }

  private static void say(String what, long since, List<String> alerts) {
    System.out.printf("%s %d s: %s%n", what, (System.nanoTime() - since) / 1_000_000_000, alerts);
  }

  private static List<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    JsonNode dashboard =
        JSON.readTree(Files.readString(Scraping.DEPLOY.resolve("grafana/gatehouse.json")));
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(new Query(panel.path("title").asString(), target.path("expr").asString()));
      }
    }
    return queries;
  }

  private static boolean mayBeEmpty(Query query) {
    return EMPTY_WHILE_ALL_IS_WELL.stream().anyMatch(query.toString()::startsWith);
  }

  private static List<Query> withoutData(PrometheusServer prometheus, List<Query> queries)
      throws Exception {
    List<Query> without = new ArrayList<>();
    for (Query query : queries) {
      JsonNode response = JSON.readTree(prometheus.query(query.filledIn()));
      assertThat(response.path("status").asString())
          .as("%s: %s", query, response)
          .isEqualTo("success");
      boolean numbers =
          response.at("/data/result").valueStream().anyMatch(PrometheusEvidenceTest::isNumber);
      if (!numbers) {
        without.add(query);
      }
    }
    return without;
  }

  private static boolean isNumber(JsonNode sample) {
    return !sample.at("/value/1").asString().equals("NaN");
  }

  private static List<String> firing(PrometheusServer prometheus) throws Exception {
    return JSON.readTree(prometheus.alerts())
        .at("/data/alerts")
        .valueStream()
        .filter(alert -> alert.path("state").asString().equals("firing"))
        .map(alert -> alert.at("/labels/alertname").asString())
        .toList();
  }
}
