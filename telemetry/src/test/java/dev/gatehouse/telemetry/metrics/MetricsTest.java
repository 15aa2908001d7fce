package dev.gatehouse.telemetry.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.CacheListener.Result;
import dev.gatehouse.cache.CacheListener.Tier;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.hashing.HashingListener.Operation;
import dev.gatehouse.limits.Decision;
import dev.gatehouse.limits.Limit;
import dev.gatehouse.limits.Rate;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.breaker.CircuitState;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.resilience.pool.Rejection;
import dev.gatehouse.resilience.pool.WorkerPool;
import dev.gatehouse.testkit.prometheus.Promtool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private final Metrics metrics = Metrics.open(false);

  @AfterEach
  void close() {
    metrics.close();
  }

  @ParameterizedTest
  @CsvSource({
    "http_request_duration_seconds, histogram",
    "active_connections, gauge",
    "clock_offset_seconds, gauge",
    "database_server_refused, gauge",
    "password_hash_duration_seconds, histogram",
    "password_hash_queue_depth, gauge",
    "password_hash_rejected_total, counter",
    "cache_requests_total, counter",
    "rate_limit_decisions_total, counter",
    "circuit_breaker_state, gauge",
    "logins_total, counter",
    "registrations_total, counter",
    "gateway_upstream_requests_total, counter",
    "gateway_upstream_in_flight, gauge",
    "gateway_upstream_changes_total, counter",
    "gateway_panics_total, counter",
    "discovery_instances, gauge",
    "jvm_memory_used_bytes, gauge",
    "process_cpu_seconds_total, counter",
    "process_resident_memory_bytes, gauge"
  })
  void exposesTheFamiliesOfTheContract(String family, String type) {
    useEverything();

    assertThat(Exposed.by(metrics).type(family)).isEqualTo(type);
  }

  @Test
  void showsSeriesOfFixedLabelsFromTheStart() {
    metrics.limits().opened(new Limit("ip", new Rate(1, Duration.ofSeconds(1))));
    metrics.cache().opened("users");
    metrics.breakers().watch("redis");

    Exposed exposed = Exposed.by(metrics);
    for (String series :
        List.of(
            "logins_total{result=\"success\"}",
            "logins_total{result=\"rate_limited\"}",
            "registrations_total{result=\"taken\"}",
            "password_hash_rejected_total{reason=\"caller_left\"}",
            "rate_limit_decisions_total{decision=\"refused\",limit=\"ip\"}",
            "cache_requests_total{cache=\"users\",result=\"hit\",tier=\"near\"}",
            "circuit_breaker_state{name=\"redis\",state=\"open\"}")) {
      assertThat(exposed.value(series)).as(series).isZero();
    }
  }

  @Test
  void showsTheAgeOfTheHorizonOfEachFeed() {
    metrics.feedHorizon("revocations", () -> Duration.ofMillis(1_500));
    metrics.feedHorizon("user_changes", () -> Duration.ZERO);

    Exposed exposed = Exposed.by(metrics);
    assertThat(exposed.value("feed_horizon_age_seconds{feed=\"revocations\"}")).isEqualTo(1.5);
    assertThat(exposed.value("feed_horizon_age_seconds{feed=\"user_changes\"}")).isZero();
  }

  @Test
  void showsHowLongAgoEachBackgroundTaskSucceeded() {
    var tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
    try (var _ = tasks.task("cleanup").every(Duration.ofHours(1)).delayed().start(() -> {})) {
      metrics.tasks(tasks);
      try (var _ = tasks.task("heartbeat").every(Duration.ofHours(1)).start(() -> {});
          var _ = tasks.task("never").untilSuccess().start(MetricsTest::fail)) {
        tasks.task("once").untilSuccess().start(() -> {}).close();
        Exposed exposed = Exposed.by(metrics);
        assertThat(exposed.value("background_task_last_success_seconds{task=\"cleanup\"}"))
            .isBetween(0.0, 60.0);
        assertThat(exposed.value("background_task_last_success_seconds{task=\"heartbeat\"}"))
            .isBetween(0.0, 60.0);
        assertThat(exposed.value("background_task_last_success_seconds{task=\"never\"}"))
            .isBetween(0.0, 60.0);
        assertThat(exposed.value("background_task_last_success_seconds{task=\"once\"}")).isNaN();
        assertThat(exposed.seriesByName())
            .containsEntry("background_task_last_success_seconds", 4L);
      }
    }
  }

  private static void fail() throws IOException {
    throw new IOException("away");
  }

  @Test
  void showsHowFarTheClockIsAheadOnceItIsKnown() {
    var offset = new AtomicReference<Optional<Duration>>(Optional.empty());
    metrics.clockOffset(offset::get);

    assertThat(Exposed.by(metrics).value("clock_offset_seconds")).isNaN();
    offset.set(Optional.of(Duration.ofMillis(-1_500)));
    assertThat(Exposed.by(metrics).value("clock_offset_seconds")).isEqualTo(-1.5);
  }

  @Test
  void countsRequestsInTheDefaultBuckets() {
    var route = metrics.requests().forRoute("GET", "/v1/users/{id}");
    route.responded(200, Duration.ofMillis(7).toNanos(), null);
    route.responded(200, Duration.ofSeconds(20).toNanos(), null);

    Exposed exposed = Exposed.by(metrics);
    for (String bound :
        List.of(
            "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0")) {
      assertThat(exposed.value(bucket(bound))).isEqualTo(bound.equals("0.005") ? 0 : 1);
    }
    assertThat(exposed.value(bucket("+Inf"))).isEqualTo(2);
    assertThat(exposed.seriesByName()).containsEntry("http_request_duration_seconds_bucket", 12L);
  }

  @Test
  void showsTheOneStateOfEachBreaker() {
    metrics.breakers().watch("redis");
    metrics.breakers().watch("consul");
    metrics.breakers().changed("redis", CircuitState.CLOSED, CircuitState.OPEN);
    metrics.breakers().changed("consul", CircuitState.OPEN, CircuitState.HALF_OPEN);

    Exposed exposed = Exposed.by(metrics);
    assertThat(state(exposed, "redis", "open")).isEqualTo(1);
    assertThat(state(exposed, "redis", "closed")).isZero();
    assertThat(state(exposed, "consul", "half_open")).isEqualTo(1);
  }

  @Test
  void boundsTheNumberOfInstances() {
    for (int port = 0; port < 10_000; port++) {
      metrics.gateway().began(Instance.at("127.0.0.1", port + 1), "GET", 0);
      metrics.breakers().watch("127.0.0.1:" + port);
    }

    Exposed exposed = Exposed.by(metrics);
    assertThat(exposed.seriesByName())
        .containsEntry("gateway_upstream_in_flight", 101L)
        .containsEntry("circuit_breaker_state", 129L * 3);
    assertThat(exposed.value("gateway_upstream_in_flight{instance=\"other\"}")).isEqualTo(9_900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TEXT", "OPEN_METRICS"})
  void readsInEitherFormat(ScrapeFormat form) {
    useEverything();

    assertThat(new String(metrics.read(form), UTF_8))
        .contains("http_request_duration_seconds_bucket");
  }

  @Test
  void satisfiesPromtool() throws Exception {
    useEverything();

    Promtool checked = Promtool.run(Exposed.by(metrics).text(), "check", "metrics");

    assertThat(checked.output()).isEmpty();
    assertThat(checked.status()).isZero();
  }

  private void useEverything() {
    metrics.activeConnections(() -> 3);
    metrics.clockOffset(() -> Optional.of(Duration.ofMillis(-1_500)));
    metrics.serverRefused(() -> false);
    metrics.requests().forRoute("GET", "/v1/users/me").responded(200, 1_000, null);
    metrics.hashing().hashed(Operation.VERIFY, 1_000);
    metrics.hashing().rejected(Rejection.Reason.WOULD_BE_LATE);
    metrics.hashing().watch(() -> new WorkerPool.Load(1, 2, 3, Duration.ofMillis(20)));
    var limit = new Limit("ip", new Rate(10, Duration.ofSeconds(1)));
    metrics.limits().decided(limit, new Decision(true, 9, 1, 0));
    metrics.cache().requested("users", Tier.FAR, Result.HIT);
    metrics.breakers().watch("redis");
    metrics.discovery().serving("gatehouse", 3, 1);
    metrics.gateway().began(Instance.at("127.0.0.1", 8080), "GET", 0).ended(CallResult.SUCCESS);
    metrics.follow(List.of("127.0.0.1:8080"));
  }

  private static double state(Exposed exposed, String name, String state) {
    return exposed.value("circuit_breaker_state{name=\"%s\",state=\"%s\"}".formatted(name, state));
  }

  private static String bucket(String bound) {
    return "http_request_duration_seconds_bucket{method=\"GET\",path=\"/v1/users/{id}\",status=\"200\",le=\"%s\"}"
        .formatted(bound);
  }
}
