package dev.gatehouse.resilience.upstream;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.resilience.ManualClock;
import dev.gatehouse.resilience.balancing.Attempt;
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
    RoutedRequest<Place> routed = cluster(3, 1, "a", "b", "c").begin(Idempotency.ALWAYS);

    assertThat(attempts(routed)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(routed.next()).isEmpty();
  }

  @Test
  void triesTheOnlyInstanceAgainWhenThereIsNoOther() {
    assertThat(attempts(cluster(3, 1, "a").begin(Idempotency.ALWAYS)))
        .containsExactly("a", "a", "a");
  }

  @Test
  void hasNoneToTryWhenThereIsNone() {
    UpstreamCluster<Place> cluster = cluster(3, 1);

    assertThat(cluster.begin(Idempotency.ALWAYS).next()).isEmpty();
    assertThat(cluster.retryAfter()).isZero();
  }

  @Test
  void repeatsWhatWasSentOnlyWhenThatIsTheSameAsDoingItOnce() {
    UpstreamCluster<Place> cluster = cluster(3, 1, "a", "b");

    assertThat(afterOneFailure(cluster, Idempotency.ALWAYS).mayRetry(true)).isTrue();
    assertThat(afterOneFailure(cluster, Idempotency.UNSENT).mayRetry(true)).isFalse();
    assertThat(afterOneFailure(cluster, Idempotency.UNSENT).mayRetry(false)).isTrue();
  }

  @Test
  void repeatsNoMoreThanItsShareOfTheRequests() {
    UpstreamCluster<Place> cluster = cluster(3, 0.2, "a", "b");
    long repeated =
        Stream.generate(() -> afterOneFailure(cluster, Idempotency.ALWAYS).mayRetry(true))
            .limit(1000)
            .filter(yes -> yes)
            .count();

    assertThat(repeated).isBetween(150L, 200L);
  }

  @Test
  void stopsCallingAnInstanceWhoseBreakerIsOpenAndSaysForHowLong() {
    UpstreamCluster<Place> cluster = cluster(1, 1, "a");
    for (int i = 0; i < 10; i++) {
      cluster.begin(Idempotency.ALWAYS).next().orElseThrow().failed();
    }

    assertThat(cluster.begin(Idempotency.ALWAYS).next()).isEmpty();
    assertThat(cluster.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(cluster.begin(Idempotency.ALWAYS).next()).isPresent();
  }

  @Test
  void callsSlowInstancesOnlyWhenThereIsNoOther() {
    UpstreamCluster<Place> cluster = cluster(1, 1, "a", "b");
    Map<String, List<Attempt<Place>>> under =
        begun(cluster, 40).collect(groupingBy(attempt -> attempt.target().id()));
    under.getOrDefault("b", List.of()).forEach(Attempt::succeeded);
    clock.advance(Duration.ofSeconds(2));
    under.getOrDefault("a", List.of()).forEach(Attempt::succeeded);
    assertThat(breakers).containsExactly("a CLOSED OPEN");

    List<Attempt<Place>> spared = begun(cluster, 80).toList();
    assertThat(spared).allMatch(attempt -> attempt.target().id().equals("b"));

    clock.advance(Duration.ofSeconds(2));
    spared.forEach(Attempt::succeeded);
    assertThat(breakers).containsExactly("a CLOSED OPEN", "b CLOSED OPEN");
    assertThat(begun(cluster, 40)).hasSize(40);
  }

  @Test
  void forgetsTheRecordOfAnInstanceThatWasStartedAnewAndKeepsThatOfTheOthers() {
    UpstreamCluster<Place> cluster = cluster(1, 1, "a");
    for (int i = 0; i < 10; i++) {
      cluster.begin(Idempotency.ALWAYS).next().orElseThrow().failed();
    }
    cluster.update(List.of(new Place("a", "first")));
    assertThat(cluster.begin(Idempotency.ALWAYS).next()).isEmpty();
    assertThat(breakers).containsExactly("a CLOSED OPEN");

    cluster.update(List.of(new Place("a", "second")));

    assertThat(cluster.begin(Idempotency.ALWAYS).next()).isPresent();
    assertThat(breakers).containsExactly("a CLOSED OPEN", "a OPEN CLOSED");
  }

  @Test
  void tellsNothingMoreOfTheBreakerOfAnInstanceThatHasLeft() {
    UpstreamCluster<Place> cluster = cluster(1, 1, "a");
    List<Attempt<Place>> late = begun(cluster, 10).toList();
    cluster.update(List.of(new Place("b", "first")));
    cluster.update(List.of(new Place("a", "first"), new Place("b", "first")));
    late.forEach(Attempt::failed);

    assertThat(breakers).isEmpty();
    assertThat(begun(cluster, 10).map(attempt -> attempt.target().id())).contains("a");
  }

  @Test
  void closesTheBreakerOfAnInstanceThatLeaves() {
    UpstreamCluster<Place> cluster = cluster(1, 1, "a");
    begun(cluster, 10).toList().forEach(Attempt::failed);
    cluster.update(List.of());
    cluster.update(List.of(new Place("a", "first")));

    assertThat(breakers).containsExactly("a CLOSED OPEN", "a OPEN CLOSED");
    assertThat(cluster.begin(Idempotency.ALWAYS).next()).isPresent();
  }

  @Test
  void givesAnAttemptItsShareOfTheTimeWhenThereCouldBeAnother() {
    UpstreamCluster<Place> cluster = cluster(3, 1, "a", "b", "c");
    RoutedRequest<Place> safe = cluster.begin(Idempotency.ALWAYS);
    RoutedRequest<Place> unsafe = cluster.begin(Idempotency.UNSENT);
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
    RoutedRequest<Place> safe = cluster(3, 1, "a", "b", "c").begin(Idempotency.ALWAYS);
    var _ = safe.next().orElseThrow();

    assertThat(safe.mayRetryElsewhere()).isTrue();
    var _ = safe.next().orElseThrow();
    assertThat(safe.share(Duration.ofSeconds(6))).isEqualTo(Duration.ofSeconds(6));
    assertThat(safe.mayRetryElsewhere()).isFalse();
  }

  @Test
  void movesNoLateRequestOnThatHasNowhereToGoOrMustNotBeRepeated() {
    UpstreamCluster<Place> one = cluster(3, 1, "a");
    UpstreamCluster<Place> two = cluster(3, 1, "a", "b");
    UpstreamCluster<Place> withoutBudget = cluster(3, 0, "a", "b");

    assertThat(begun(one, Idempotency.ALWAYS).mayRetryElsewhere()).isFalse();
    assertThat(begun(two, Idempotency.UNSENT).mayRetryElsewhere()).isFalse();
    assertThat(begun(two, Idempotency.ALWAYS).mayRetryElsewhere()).isTrue();
    assertThat(begun(withoutBudget, Idempotency.ALWAYS).mayRetryElsewhere()).isFalse();
  }

  @Test
  void takesNoResponseInTimeForASlowOneAndNotForAFailure() {
    UpstreamCluster<Place> cluster = cluster(1, 1, "a");
    List<Attempt<Place>> hurried = begun(cluster, 10).toList();
    hurried.forEach(attempt -> attempt.timedOut(false));
    assertThat(breakers).isEmpty();

    List<Attempt<Place>> late = begun(cluster, 10).toList();
    clock.advance(Duration.ofSeconds(2));
    late.forEach(attempt -> attempt.timedOut(false));
    assertThat(breakers).containsExactly("a CLOSED OPEN");
    assertThat(begun(cluster, 10)).as("slow instances are still called").hasSize(10);
  }

  @Test
  void triesARequestAtLeastOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UpstreamClusterSettings.of(Policy.ROUND_ROBIN).repeating(0, 0.2));
  }

  private static Stream<Attempt<Place>> begun(UpstreamCluster<Place> cluster, int requests) {
    return Stream.generate(() -> cluster.begin(Idempotency.UNSENT).next().orElseThrow())
        .limit(requests);
  }

  private static RoutedRequest<Place> begun(
      UpstreamCluster<Place> cluster, Idempotency idempotency) {
    RoutedRequest<Place> routed = cluster.begin(idempotency);
    var _ = routed.next().orElseThrow();
    return routed;
  }

  private static List<String> attempts(RoutedRequest<Place> routed) {
    return Stream.generate(routed::next)
        .limit(3)
        .map(attempt -> attempt.orElseThrow().target().id())
        .toList();
  }

  private static RoutedRequest<Place> afterOneFailure(
      UpstreamCluster<Place> cluster, Idempotency idempotency) {
    RoutedRequest<Place> routed = cluster.begin(idempotency);
    routed.next().orElseThrow().close();
    return routed;
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

  private UpstreamCluster<Place> cluster(int attempts, double share, String... ids) {
    var settings =
        new UpstreamClusterSettings(
            BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ZERO), attempts, share, 0);
    UpstreamCluster<Place> cluster =
        new UpstreamCluster<>(settings, random::nextInt, clock, BalancerListener.NONE, noting());
    cluster.update(Stream.of(ids).map(id -> new Place(id, "first")).toList());
    return cluster;
  }
}
