package dev.gatehouse.resilience.upstream;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.resilience.ManualClock;
import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.BalancerSettings;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpstreamClusterTest {
  private final ManualClock clock = new ManualClock();
  private final Random random = new Random(7);
  private final List<String> breakers = new ArrayList<>();

  record Place(String id, String incarnation) implements Target {
    @Override
    public Optional<String> zone() {
      return Optional.empty();
    }

    @Override
    public int weight() {
      return 1;
    }
  }

  @Test
  void triesEachInstanceOnceBeforeAnyTwice() {
    RoutedRequest<Place> journey = fleet(3, 1, "a", "b", "c").begin(Idempotency.ALWAYS);

    assertThat(attempts(journey)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(journey.next()).isEmpty();
  }

  @Test
  void triesTheOnlyInstanceAgainWhenThereIsNoOther() {
    assertThat(attempts(fleet(3, 1, "a").begin(Idempotency.ALWAYS))).containsExactly("a", "a", "a");
  }

  @Test
  void hasNoneToTryWhenThereIsNone() {
    UpstreamCluster<Place> fleet = fleet(3, 1);

    assertThat(fleet.begin(Idempotency.ALWAYS).next()).isEmpty();
    assertThat(fleet.retryAfter()).isZero();
  }

  @Test
  void repeatsWhatWasSentOnlyWhenThatIsTheSameAsDoingItOnce() {
    UpstreamCluster<Place> fleet = fleet(3, 1, "a", "b");

    assertThat(afterOneFailure(fleet, Idempotency.ALWAYS).mayGoOn(true)).isTrue();
    assertThat(afterOneFailure(fleet, Idempotency.UNSENT).mayGoOn(true)).isFalse();
    assertThat(afterOneFailure(fleet, Idempotency.UNSENT).mayGoOn(false)).isTrue();
  }

  @Test
  void repeatsNoMoreThanItsShareOfTheRequests() {
    UpstreamCluster<Place> fleet = fleet(3, 0.2, "a", "b");
    long repeated =
        Stream.generate(() -> afterOneFailure(fleet, Idempotency.ALWAYS).mayGoOn(true))
            .limit(1000)
            .filter(yes -> yes)
            .count();

    assertThat(repeated).isBetween(150L, 200L);
  }

  @Test
  void stopsCallingAnInstanceWhoseBreakerIsOpenAndSaysForHowLong() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a");
    for (int i = 0; i < 10; i++) {
      fleet.begin(Idempotency.ALWAYS).next().orElseThrow().failed();
    }

    assertThat(fleet.begin(Idempotency.ALWAYS).next()).isEmpty();
    assertThat(fleet.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(fleet.begin(Idempotency.ALWAYS).next()).isPresent();
  }

  @Test
  void callsSlowInstancesOnlyWhenThereIsNoOther() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a", "b");
    Map<String, List<Attempt<Place>>> under =
        begun(fleet, 40).collect(groupingBy(attempt -> attempt.target().id()));
    under.getOrDefault("b", List.of()).forEach(Attempt::succeeded);
    clock.advance(Duration.ofSeconds(2));
    under.getOrDefault("a", List.of()).forEach(Attempt::succeeded);
    assertThat(breakers).containsExactly("a CLOSED OPEN");

    List<Attempt<Place>> spared = begun(fleet, 80).toList();
    assertThat(spared).allMatch(attempt -> attempt.target().id().equals("b"));

    clock.advance(Duration.ofSeconds(2));
    spared.forEach(Attempt::succeeded);
    assertThat(breakers).containsExactly("a CLOSED OPEN", "b CLOSED OPEN");
    assertThat(begun(fleet, 40)).hasSize(40);
  }

  @Test
  void forgetsTheRecordOfAnInstanceThatWasStartedAnewAndKeepsThatOfTheOthers() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a");
    for (int i = 0; i < 10; i++) {
      fleet.begin(Idempotency.ALWAYS).next().orElseThrow().failed();
    }
    fleet.update(List.of(new Place("a", "first")));
    assertThat(fleet.begin(Idempotency.ALWAYS).next()).isEmpty();
    assertThat(breakers).containsExactly("a CLOSED OPEN");

    fleet.update(List.of(new Place("a", "second")));

    assertThat(fleet.begin(Idempotency.ALWAYS).next()).isPresent();
    assertThat(breakers).containsExactly("a CLOSED OPEN", "a OPEN CLOSED");
  }

  @Test
  void tellsNothingMoreOfTheBreakerOfAnInstanceThatHasLeft() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a");
    List<Attempt<Place>> late = begun(fleet, 10).toList();
    fleet.update(List.of(new Place("b", "first")));
    fleet.update(List.of(new Place("a", "first"), new Place("b", "first")));
    late.forEach(Attempt::failed);

    assertThat(breakers).isEmpty();
    assertThat(begun(fleet, 10).map(attempt -> attempt.target().id())).contains("a");
  }

  @Test
  void closesTheBreakerOfAnInstanceThatLeaves() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a");
    begun(fleet, 10).toList().forEach(Attempt::failed);
    fleet.update(List.of());
    fleet.update(List.of(new Place("a", "first")));

    assertThat(breakers).containsExactly("a CLOSED OPEN", "a OPEN CLOSED");
    assertThat(fleet.begin(Idempotency.ALWAYS).next()).isPresent();
  }

  @Test
  void givesAnAttemptItsShareOfTheTimeWhenThereCouldBeAnother() {
    UpstreamCluster<Place> fleet = fleet(3, 1, "a", "b", "c");
    RoutedRequest<Place> safe = fleet.begin(Idempotency.ALWAYS);
    RoutedRequest<Place> unsafe = fleet.begin(Idempotency.UNSENT);
    List<Duration> shares = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var _ = safe.next().orElseThrow();
      var _ = unsafe.next().orElseThrow();
      shares.add(safe.share(Duration.ofSeconds(6)));
    }

    assertThat(shares)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(6));
    assertThat(unsafe.share(Duration.ofSeconds(6))).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void movesALateRequestOnOnceAndGivesTheNextAllTheTimeThereIs() {
    RoutedRequest<Place> safe = fleet(3, 1, "a", "b", "c").begin(Idempotency.ALWAYS);
    var _ = safe.next().orElseThrow();

    assertThat(safe.mayMoveOn()).isTrue();
    var _ = safe.next().orElseThrow();
    assertThat(safe.share(Duration.ofSeconds(6))).isEqualTo(Duration.ofSeconds(6));
    assertThat(safe.mayMoveOn()).isFalse();
  }

  @Test
  void movesNoLateRequestOnThatHasNowhereToGoOrMustNotBeRepeated() {
    UpstreamCluster<Place> one = fleet(3, 1, "a");
    UpstreamCluster<Place> two = fleet(3, 1, "a", "b");
    UpstreamCluster<Place> withoutBudget = fleet(3, 0, "a", "b");

    assertThat(begun(one, Idempotency.ALWAYS).mayMoveOn()).isFalse();
    assertThat(begun(two, Idempotency.UNSENT).mayMoveOn()).isFalse();
    assertThat(begun(two, Idempotency.ALWAYS).mayMoveOn()).isTrue();
    assertThat(begun(withoutBudget, Idempotency.ALWAYS).mayMoveOn()).isFalse();
  }

  @Test
  void takesNoAnswerInTimeForASlowOneAndNotForAFailure() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a");
    List<Attempt<Place>> hurried = begun(fleet, 10).toList();
    hurried.forEach(attempt -> attempt.late(false));
    assertThat(breakers).isEmpty();

    List<Attempt<Place>> late = begun(fleet, 10).toList();
    clock.advance(Duration.ofSeconds(2));
    late.forEach(attempt -> attempt.late(false));
    assertThat(breakers).containsExactly("a CLOSED OPEN");
    assertThat(begun(fleet, 10)).as("slow is not out").hasSize(10);
  }

  @Test
  void countsWhatIsInFlight() {
    UpstreamCluster<Place> fleet = fleet(1, 1, "a");
    Attempt<Place> attempt = fleet.begin(Idempotency.ALWAYS).next().orElseThrow();
    List<String> during = new ArrayList<>();
    fleet.eachInFlight((id, count) -> during.add(id + count));
    attempt.close();
    fleet.eachInFlight((id, count) -> during.add(id + count));

    assertThat(during).containsExactly("a1", "a0");
  }

  @Test
  void triesARequestAtLeastOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UpstreamClusterSettings.of(Policy.ROUND_ROBIN).repeating(0, 0.2));
  }

  private static Stream<Attempt<Place>> begun(UpstreamCluster<Place> fleet, int requests) {
    return Stream.generate(() -> fleet.begin(Idempotency.UNSENT).next().orElseThrow())
        .limit(requests);
  }

  private static RoutedRequest<Place> begun(UpstreamCluster<Place> fleet, Idempotency repeatable) {
    RoutedRequest<Place> journey = fleet.begin(repeatable);
    var _ = journey.next().orElseThrow();
    return journey;
  }

  private static List<String> attempts(RoutedRequest<Place> journey) {
    return Stream.generate(journey::next)
        .limit(3)
        .map(attempt -> attempt.orElseThrow().target().id())
        .toList();
  }

  private static RoutedRequest<Place> afterOneFailure(
      UpstreamCluster<Place> fleet, Idempotency repeatable) {
    RoutedRequest<Place> journey = fleet.begin(repeatable);
    journey.next().orElseThrow().close();
    return journey;
  }

  private CircuitBreakerListener noting() {
    return new CircuitBreakerListener() {
      @Override
      public void changed(String breaker, CircuitState from, CircuitState to) {
        breakers.add(breaker + ' ' + from + ' ' + to);
      }

      @Override
      public void refused(String breaker) {}
    };
  }

  private UpstreamCluster<Place> fleet(int attempts, double share, String... ids) {
    UpstreamClusterSettings usual = UpstreamClusterSettings.of(Policy.ROUND_ROBIN);
    var settings =
        new UpstreamClusterSettings(
            BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ZERO),
            usual.breaker(),
            attempts,
            share,
            0);
    UpstreamCluster<Place> fleet =
        new UpstreamCluster<>(settings, random::nextInt, clock, BalancerListener.NONE, noting());
    fleet.update(Stream.of(ids).map(id -> new Place(id, "first")).toList());
    return fleet;
  }
}
