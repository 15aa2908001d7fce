package dev.gatehouse.resilience.breaker;

import static dev.gatehouse.resilience.breaker.CircuitState.CLOSED;
import static dev.gatehouse.resilience.breaker.CircuitState.HALF_OPEN;
import static dev.gatehouse.resilience.breaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Random orders of events against the laws a breaker must keep in every order.
class CircuitBreakerEventOrderTest {
  private static final int ORDERS = 3_000;
  private static final int EVENTS = 300;
  private static final int PROBES = 2;
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration OPEN_AT_MOST = Duration.ofSeconds(4);
  private static final CircuitBreakerSettings SETTINGS =
      CircuitBreakerSettings.defaults()
          .deciding(Duration.ofSeconds(10), 3)
          .slowAt(Duration.ofMillis(500), 0.8)
          .openFor(Duration.ofSeconds(1), OPEN_AT_MOST)
          .probing(PROBES, PROBE_TIMEOUT);

  @Test
  void keepsItsLawsInEveryOrderOfEvents() {
    Set<String> lawful =
        Set.of("x CLOSED OPEN", "x OPEN HALF_OPEN", "x HALF_OPEN OPEN", "x HALF_OPEN CLOSED");
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < ORDERS; seed++) {
      History history = new History(seed);
      for (int event = 0; event < EVENTS; event++) {
        history.next();
      }
      history.recoversThoughEverybodyVanished();
      assertThat(lawful).as("seed %d", seed).containsAll(history.recorded.changes);
      seen.addAll(history.recorded.changes);
    }
    assertThat(seen).as("every transition was exercised").isEqualTo(lawful);
  }

  @Test
  void letsOneProbePassWhenManyAskAtOnce() throws InterruptedException {
    for (int round = 0; round < 500; round++) {
      ManualClock clock = new ManualClock();
      CircuitBreaker breaker =
          new CircuitBreaker("x", SETTINGS, clock, CircuitBreakerListener.NONE);
      for (int i = 0; i < 3; i++) {
        breaker.tryAcquire().orElseThrow().failed();
      }
      clock.advance(Duration.ofSeconds(1));
      AtomicInteger granted = new AtomicInteger();
      Thread[] threads = new Thread[4];
      for (int i = 0; i < threads.length; i++) {
        threads[i] =
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int ask = 0; ask < 5; ask++) {
                        breaker.tryAcquire().ifPresent(_ -> granted.incrementAndGet());
                      }
                    });
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(granted).hasValue(1);
    }
  }

  /// One breaker, its clock and the calls under way, moved by a seeded source of chance.
  private static final class History {
    private final ManualClock clock = new ManualClock();
    private final RecordedChanges recorded = new RecordedChanges();
    private final CircuitBreaker breaker = new CircuitBreaker("x", SETTINGS, clock, recorded);
    private final List<Permit> calls = new ArrayList<>();
    private final List<Long> probesSince = new ArrayList<>();
    private final Random chance;
    private final String order;

    History(int seed) {
      chance = new Random(seed);
      order = "seed " + seed;
    }

    void next() {
      switch (chance.nextInt(10)) {
        case 0, 1, 2 -> ask();
        case 3, 4 -> report(Permit::succeeded);
        case 5, 6 -> report(Permit::failed);
        case 7 -> report(Permit::close);
        case 8 -> vanish();
        default -> clock.advance(Duration.ofMillis(chance.nextInt(2_000)));
      }
    }

    void ask() {
      CircuitState before = breaker.state();
      Duration refusedFor = breaker.retryAfter();
      boolean admits = breaker.admits();
      Optional<Permit> permit = breaker.tryAcquire();

      assertThat(permit.isPresent()).as(order).isEqualTo(admits);
      assertThat(before != CLOSED || permit.isPresent()).as(order).isTrue();
      assertThat(before != OPEN || refusedFor.isZero() || permit.isEmpty()).as(order).isTrue();
      permit.ifPresent(calls::add);
      if (before != HALF_OPEN) {
        probesSince.clear();
      }
      if (permit.isPresent() && breaker.state() == HALF_OPEN) {
        probesSince.add(clock.getAsLong());
        assertThat(probesNotTimedOut()).as(order).isEqualTo(1);
      }
    }

    /// Those reported are taken off the list.
    private long probesNotTimedOut() {
      long now = clock.getAsLong();
      return probesSince.stream().filter(since -> now - since < PROBE_TIMEOUT.toNanos()).count();
    }

    private void report(Consumer<Permit> how) {
      if (calls.isEmpty()) {
        return;
      }
      Permit permit = calls.remove(chance.nextInt(calls.size()));
      how.accept(permit);
      probesSince.remove(permit.startedAt());
    }

    private void vanish() {
      if (!calls.isEmpty()) {
        calls.remove(chance.nextInt(calls.size()));
      }
    }

    /// The law that matters most: wait, and there is a way through and back to closed.
    void recoversThoughEverybodyVanished() {
      calls.clear();
      clock.advance(OPEN_AT_MOST.plus(PROBE_TIMEOUT));
      for (int i = 0; i < PROBES && breaker.state() != CLOSED; i++) {
        Optional<Permit> permit = breaker.tryAcquire();
        assertThat(permit).as(order).isPresent();
        permit.orElseThrow().succeeded();
      }
      assertThat(breaker.state()).as(order).isEqualTo(CLOSED);
    }
  }
}
