package dev.gatehouse.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.gateway.UpstreamListener.AttemptListener;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.balancing.EjectionReason;
import dev.gatehouse.resilience.breaker.CircuitState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Series of instances come and go with them.
class InstanceSeriesTest {
  private static final String GONE = "a:1";
  private static final String STAYING = "b:1";

  private final AtomicLong time = new AtomicLong();
  private final Metrics metrics = Metrics.open(false, time::get);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void showsInstancesBeforeTheirFirstRequest() {
    metrics.follow(List.of(STAYING));

    assertThat(requests(STAYING, "answered")).isZero();
    assertThat(exposed().value("circuit_breaker_state{name=\"b:1\",state=\"closed\"}")).isOne();
  }

  @Test
  void showsWhatHappenedToAnInstanceLastForSomeScrapesMore() {
    metrics.follow(List.of(GONE, STAYING));
    AttemptListener attempt = began(GONE);
    metrics.follow(List.of(STAYING));
    attempt.ended(CallResult.UNREACHABLE);

    assertThat(requests(GONE, "unreachable")).isOne();
    pass(BoundedMeters.LINGER);
    assertThat(exposed().text()).doesNotContain(GONE).contains(STAYING);
  }

  @Test
  void countsAnInstanceThatCameBackOn() {
    metrics.follow(List.of(GONE, STAYING));
    began(GONE).ended(CallResult.SUCCESS);
    metrics.follow(List.of(STAYING));
    metrics.follow(List.of(GONE, STAYING));
    pass(BoundedMeters.LINGER.multipliedBy(2));

    assertThat(requests(GONE, "answered")).isOne();
  }

  @Test
  void anAttemptThatOutlivesItsInstanceBringsNoSeriesBack() {
    metrics.follow(List.of(GONE, STAYING));
    AttemptListener attempt = began(GONE);
    metrics.follow(List.of(STAYING));
    pass(BoundedMeters.LINGER);
    exposed();
    attempt.ended(CallResult.BROKEN);
    metrics.breakers().changed(GONE, CircuitState.CLOSED, CircuitState.OPEN);

    assertThat(exposed().text()).doesNotContain(GONE);
  }

  @Test
  void theBreakerOfAnInstanceGoesWithIt() {
    metrics.breakers().watch("consul");
    metrics.follow(List.of(GONE, STAYING));
    metrics.breakers().changed(GONE, CircuitState.CLOSED, CircuitState.OPEN);
    metrics.follow(List.of(STAYING));

    assertThat(exposed().samples())
        .noneMatch(line -> line.contains("name=\"a:1\""))
        .anyMatch(line -> line.contains("name=\"b:1\""))
        .anyMatch(line -> line.contains("name=\"consul\""));
  }

  @Test
  void countsEjectionsReturnsAndPanics() {
    metrics.follow(List.of(STAYING));
    assertThat(changes(STAYING, "ejected")).isZero();
    assertThat(exposed().value("gateway_panics_total")).isZero();

    BalancerMetrics balancer = metrics.balancer();
    balancer.ejected(STAYING, EjectionReason.FAILURE_RATE, Duration.ofSeconds(1));
    balancer.panicked(true);
    balancer.returned(STAYING);
    balancer.panicked(false);
    balancer.ejected(GONE, EjectionReason.CONSECUTIVE_FAILURES, Duration.ofSeconds(1));

    assertThat(changes(STAYING, "ejected")).isOne();
    assertThat(changes(STAYING, "returned")).isOne();
    assertThat(exposed().value("gateway_panics_total")).isOne();
    assertThat(exposed().text()).doesNotContain(GONE);
  }

  @Test
  void instancesThatAreGoneMakeRoomForNewOnes() {
    metrics.follow(ids(0));
    pass(BoundedMeters.LINGER.dividedBy(2));
    metrics.follow(ids(100));

    assertThat(requests("127.0.0.1:200", "answered")).isZero();
    assertThat(exposed().text()).doesNotContain("instance=\"other\"", "127.0.0.1:100\"");
  }

  /// A hundred of them, the largest number with separate series.
  private static List<String> ids(int after) {
    return IntStream.rangeClosed(after + 1, after + 100)
        .mapToObj(port -> "127.0.0.1:" + port)
        .toList();
  }

  private void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  private AttemptListener began(String instance) {
    return metrics.gateway().began(Instance.parse(instance), "GET", 0);
  }

  private double requests(String instance, String outcome) {
    return exposed()
        .value(
            "gateway_upstream_requests_total{instance=\"%s\",outcome=\"%s\"}"
                .formatted(instance, outcome));
  }

  private double changes(String instance, String change) {
    return exposed()
        .value(
            "gateway_upstream_changes_total{change=\"%s\",instance=\"%s\"}"
                .formatted(change, instance));
  }

  private Exposed exposed() {
    return Exposed.by(metrics);
  }
}
