package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeastLoadedTest {
  private static final BalancerSettings SETTINGS =
      BalancerSettings.of(Policy.LEAST_LOADED).slowStart(Duration.ZERO);

  @Test
  void takesTheIdleOneOfTwo() {
    Balancer balancer = new Balancer(SETTINGS, Place.many(2));
    Attempt<Place> busy = balancer.begin("0");

    assertThat(balancer.counts(100)).containsOnlyKeys("1");

    busy.close();
    assertThat(balancer.get("0").inFlight()).isZero();
  }

  @Test
  void neverTakesTheMostLoadedOfMany() {
    Balancer balancer = new Balancer(SETTINGS, Place.many(10));
    var _ = balancer.begin("3");

    assertThat(balancer.counts(10_000)).doesNotContainKey("3").hasSize(9);
  }

  @Test
  void keepsTheLoadsOfAllNearlyEqual() {
    Balancer balancer = new Balancer(SETTINGS, Place.many(10));
    Deque<Attempt<Place>> calls = new ArrayDeque<>();
    for (int i = 0; i < 100_000; i++) {
      calls.add(Balancer.begin(balancer.picked()));
      if (calls.size() > 500) {
        calls.remove().succeeded();
      }
    }

    assertThat(balancer.it.upstreams())
        .allSatisfy(upstream -> assertThat(upstream.inFlight()).isBetween(45, 55));
  }

  @Test
  void loadsEachByItsWeight() {
    Balancer balancer =
        new Balancer(SETTINGS, List.of(Place.named("a").weighing(3), Place.named("b")));
    for (int i = 0; i < 400; i++) {
      var _ = Balancer.begin(balancer.picked());
    }

    assertThat(balancer.get("a").inFlight()).isBetween(290, 310);
  }

  @Test
  void givesIdleOnesTheirWeightToo() {
    Balancer balancer =
        new Balancer(SETTINGS, List.of(Place.named("a").weighing(3), Place.named("b")));

    Map<String, Integer> counts = balancer.counts(10_000);

    assertThat(counts.get("b")).isBetween(2_300, 2_700);
  }

  @Test
  void picksTheOnlyOneThereIs() {
    assertThat(new Balancer(SETTINGS, Place.many(1)).picked().target().id()).isEqualTo("0");
  }
}
