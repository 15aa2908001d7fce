package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.Ejection;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Repetitions keep to the usual share of the requests, where nothing else keeps them away from an
/// instance that fails.
class BudgetTest {
  private static final int REQUESTS = 100;
  private static final double SHARE = 0.2;

  private ScriptedServer failing;
  private ScriptedServer well;

  @BeforeEach
  void start() {
    failing = new ScriptedServer().behaving(Behaviour.dyingBeforeTheResponse());
    well = new ScriptedServer();
  }

  @AfterEach
  void stop() throws Exception {
    failing.close();
    well.close();
  }

  @Test
  void repeatsNoMoreThanItsShareOfTheRequests() throws Exception {
    int badGateways = 0;
    try (var gateway =
        new TestGateway(TestGateway.Options.none().cluster(settings()), failing, well)) {
      for (int i = 0; i < REQUESTS; i++) {
        badGateways += gateway.get("/v1/users/me").status() == 502 ? 1 : 0;
      }
    }

    int attempts = failing.received().size() + well.received().size();
    assertThat(attempts - REQUESTS).isBetween(1, (int) (SHARE * REQUESTS));
    assertThat(failing.received()).hasSizeGreaterThan(REQUESTS / 4);
    assertThat(badGateways).isGreaterThan(0);
  }

  /// The usual ones, but that no instance is left out for failing, and without a floor of the
  /// budget.
  private static UpstreamClusterSettings settings() {
    UpstreamClusterSettings usual = UpstreamClusterSettings.of(Policy.ROUND_ROBIN);
    Ejection eject = Ejection.defaults();
    Ejection never =
        new Ejection(
            eject.consecutiveFailures(),
            eject.failureRate(),
            eject.minimumCalls(),
            eject.window(),
            eject.first(),
            eject.longest(),
            0);
    return new UpstreamClusterSettings(
        new BalancerSettings(
            usual.balancer().policy(),
            never,
            usual.balancer().breaker().deciding(Duration.ofSeconds(5), 1_000_000),
            usual.balancer().slowStart(),
            usual.balancer().zone()),
        usual.attempts(),
        SHARE,
        0);
  }
}
