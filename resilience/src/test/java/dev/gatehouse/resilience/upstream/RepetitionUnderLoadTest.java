package dev.gatehouse.resilience.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.ManualClock;
import dev.gatehouse.resilience.balancing.Attempt;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.upstream.UpstreamClusterTest.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The usual settings under simulated traffic, a millisecond at a time: the budget must hold when
/// all is lost, and must not be in the way when one instance of three dies with all it was working
/// on.
class RepetitionUnderLoadTest {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final List<Place> ALL = List.of(place("a"), place("b"), place("c"));
  private static final List<Place> OTHERS = List.of(place("a"), place("b"));
  private static final int NOTICED_AFTER = 500;

  private final ManualClock clock = new ManualClock();
  private final Random random = new Random(11);
  private UpstreamCluster<Place> cluster = cluster(UpstreamClusterSettings.of(Policy.ROUND_ROBIN));
  private final Deque<Running> running = new ArrayDeque<>();
  private int requests;
  private int repetitions;
  private int lost;
  private int hitByTheDeath;

  /// @param endsAt in milliseconds
  private record Running(RoutedRequest<Place> routed, Attempt<Place> attempt, long endsAt) {
    boolean isAt(Place place) {
      return attempt.target().equals(place);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 50",
    "2, 1500",
    "10, 50",
    "10, 1500",
    "25, 50",
    "25, 1500",
    "100, 50",
    "100, 1500",
    "400, 50",
    "400, 1500"
  })
  void everythingAtAnInstanceThatDiesCanBeRepeated(int perSecond, int responseMillis) {
    Place dead = ALL.getLast();
    cluster.update(ALL);
    int killedAt = 5_000;
    for (int now = 0; now < 15_000; now++) {
      finish(now);
      if (now == killedAt) {
        dieWithAllAt(dead, now + responseMillis);
      }
      if (now == killedAt + NOTICED_AFTER) {
        cluster.update(OTHERS);
      }
      if (arrives(perSecond)) {
        begin(now < killedAt ? Optional.empty() : Optional.of(dead), now + responseMillis);
      }
      clock.advance(STEP);
    }

    assertThat(lost).as("of %s, %s hit by the death", requests, hitByTheDeath).isZero();
    assertThat(repetitions).isEqualTo(hitByTheDeath);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 100, 400})
  void repeatsAFifthAtMostWhenEverythingFails(int perSecond) {
    cluster = cluster(withoutBreakers());
    cluster.update(ALL);
    for (int now = 0; now < 60_000; now++) {
      if (arrives(perSecond)) {
        failEverywhere();
      }
      clock.advance(STEP);
    }

    assertThat(repetitions).isBetween(requests / 6, requests / 5 + 10);
  }

  private UpstreamCluster<Place> cluster(UpstreamClusterSettings settings) {
    return new UpstreamCluster<>(
        settings, random::nextInt, clock, BalancerListener.NONE, CircuitBreakerListener.NONE);
  }

  /// The usual settings, but that nothing except the budget keeps repetitions away.
  private static UpstreamClusterSettings withoutBreakers() {
    UpstreamClusterSettings usual = UpstreamClusterSettings.of(Policy.ROUND_ROBIN);
    return new UpstreamClusterSettings(
        new BalancerSettings(
            usual.balancer().policy(),
            usual.balancer().ejection(),
            usual.balancer().breaker().deciding(Duration.ofSeconds(5), 1_000_000),
            usual.balancer().slowStart(),
            usual.balancer().zone()),
        usual.attempts(),
        usual.retryShare(),
        usual.retryFloor());
  }

  private boolean arrives(int perSecond) {
    return random.nextInt(1_000) < perSecond;
  }

  private void begin(Optional<Place> dead, long endsAt) {
    requests++;
    RoutedRequest<Place> routed = cluster.begin(Idempotency.ALWAYS);
    Attempt<Place> attempt = routed.next().orElseThrow();
    if (dead.filter(attempt.target()::equals).isPresent()) {
      repeat(routed, attempt, false, endsAt);
    } else {
      running.add(new Running(routed, attempt, endsAt));
    }
  }

  private void finish(long now) {
    while (!running.isEmpty() && running.getFirst().endsAt() <= now) {
      running.removeFirst().attempt().succeeded();
    }
  }

  private void dieWithAllAt(Place dead, long endsAt) {
    List<Running> broken = running.stream().filter(it -> it.isAt(dead)).toList();
    running.removeAll(broken);
    broken.forEach(it -> repeat(it.routed(), it.attempt(), true, endsAt));
  }

  private void repeat(
      RoutedRequest<Place> routed, Attempt<Place> broken, boolean sent, long endsAt) {
    hitByTheDeath++;
    broken.failed();
    if (!routed.mayRetry(sent)) {
      lost++;
      return;
    }
    repetitions++;
    running.add(new Running(routed, routed.next().orElseThrow(), endsAt));
  }

  private void failEverywhere() {
    requests++;
    RoutedRequest<Place> routed = cluster.begin(Idempotency.ALWAYS);
    Optional<Attempt<Place>> attempt = routed.next();
    while (attempt.isPresent()) {
      attempt.get().failed();
      if (!routed.mayRetry(true)) {
        return;
      }
      repetitions++;
      attempt = routed.next();
    }
  }

  private static Place place(String id) {
    return new Place(id, "first");
  }
}
