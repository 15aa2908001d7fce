package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.ManualClock;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A balancer with a clock, a seeded source of chance and what it told its listener.
final class Balancer implements BalancerListener {
  final ManualClock clock = new ManualClock();
  final List<String> events = new ArrayList<>();
  final LoadBalancer<Place> it;
  private final Random random = new Random(42);

  Balancer(BalancerSettings settings, List<Place> places) {
    it =
        new LoadBalancer<>(
            withoutBreakers(settings), random::nextInt, clock, this, CircuitBreakerListener.NONE);
    it.update(places);
  }

  private static BalancerSettings withoutBreakers(BalancerSettings settings) {
    return new BalancerSettings(
        settings.policy(),
        settings.ejection(),
        settings.breaker().deciding(Duration.ofSeconds(5), 1_000_000),
        settings.slowStart(),
        settings.zone());
  }

  /// In turn, no slow start.
  static Balancer inTurn(List<Place> places) {
    return new Balancer(BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ZERO), places);
  }

  Upstream<Place> get(String id) {
    return it.upstreams().stream()
        .filter(upstream -> upstream.target().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  Upstream<Place> picked() {
    return chosen(it.pick());
  }

  Attempt<Place> begin(String id) {
    return begin(get(id));
  }

  static Attempt<Place> begin(Upstream<Place> upstream) {
    return upstream.begin(CircuitBreaker::tryAcquire).orElseThrow();
  }

  static Upstream<Place> chosen(Pick<Place> pick) {
    assertThat(pick).isInstanceOf(Upstream.class);
    return (Upstream<Place>) pick;
  }

  /// How often each comes up in this many picks.
  Map<String, Integer> counts(int picks) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < picks; i++) {
      counts.merge(picked().target().id(), 1, Integer::sum);
    }
    return counts;
  }

  void fail(String id, int calls) {
    for (int i = 0; i < calls; i++) {
      begin(id).failed();
    }
  }

  void succeed(String id, int calls) {
    for (int i = 0; i < calls; i++) {
      begin(id).succeeded();
    }
  }

  /// Time passes, and a call somewhere ends so that the balancer notices.
  void pass(Duration time) {
    clock.advance(time);
    begin(it.upstreams().getFirst()).close();
  }

  @Override
  public void ejected(String instance, EjectionReason reason, Duration length) {
    events.add("ejected " + instance + " " + reason + " " + length.toSeconds() + "s");
  }

  @Override
  public void returned(String instance) {
    events.add("returned " + instance);
  }

  @Override
  public void panicked(boolean panicking) {
    events.add("panicked " + panicking);
  }
}
