package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {
  @Test
  void saysThatThereIsNobody() {
    Balancer balancer = Balancer.inTurn(List.of());

    assertThat(balancer.it.pick()).isEqualTo(new NoUpstream<>());
    assertThat(balancer.it.begin(_ -> true)).isEmpty();
  }

  @Test
  void saysThatNobodyWasAccepted() {
    Balancer balancer = Balancer.inTurn(Place.many(3));

    assertThat(balancer.it.begin(_ -> false)).isEmpty();
  }

  @Test
  void becomesEmptyWhenItsListDoes() {
    Balancer balancer = Balancer.inTurn(Place.many(3));

    balancer.it.update(List.of());

    assertThat(balancer.it.pick()).isInstanceOf(NoUpstream.class);
    assertThat(balancer.it.upstreams()).isEmpty();
  }

  @Test
  void leadsARetryToEveryInstanceNotTriedYet() {
    Balancer balancer = Balancer.inTurn(Place.many(5));
    Set<Upstream<Place>> tried = new HashSet<>();
    for (int attempt = 0; attempt < 5; attempt++) {
      Attempt<Place> begun = balancer.it.begin(it -> !tried.contains(it)).orElseThrow();
      assertThat(tried.add(begun.upstream())).isTrue();
    }

    assertThat(balancer.it.begin(it -> !tried.contains(it))).isEmpty();
  }

  @Test
  void sharesTheTurnsOfOneNotAcceptedAmongAllTheOthers() {
    Balancer balancer = Balancer.inTurn(Place.many(4));
    int[] counts = new int[4];
    for (int i = 0; i < 3_000; i++) {
      Attempt<Place> attempt = balancer.it.begin(it -> !it.target().id().equals("0")).orElseThrow();
      counts[Integer.parseInt(attempt.target().id())]++;
    }

    assertThat(counts).containsExactly(0, 1_000, 1_000, 1_000);
  }

  @Test
  void keepsWhatIsInFlightWhenTheListChangesAroundAnInstance() {
    Balancer balancer = Balancer.inTurn(Place.many(2));
    Upstream<Place> before = balancer.get("1");
    var _ = Balancer.begin(before);

    balancer.it.update(List.of(Place.named("1").weighing(5), Place.named("2")));

    assertThat(balancer.get("1")).isSameAs(before);
    assertThat(before.inFlight()).isEqualTo(1);
    assertThat(before.target().weight()).isEqualTo(5);
  }

  @Test
  void countsACallOnceHoweverOftenItIsReported() {
    Balancer balancer = Balancer.inTurn(Place.many(1));
    try (Attempt<Place> call = Balancer.begin(balancer.picked())) {
      call.succeeded();
      call.failed();
    }

    assertThat(balancer.picked().inFlight()).isZero();
  }

  @Test
  void refusesTwoInstancesOfOneName() {
    Balancer balancer = Balancer.inTurn(Place.many(2));

    assertThatThrownBy(() -> balancer.it.update(List.of(Place.named("1"), Place.named("1"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(balancer.it.upstreams()).hasSize(2);
  }

  @Test
  void bringsAnInstanceThatJoinsToItsShareInTenths() {
    Balancer balancer =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ofSeconds(10)),
            Place.many(2));
    assertThat(balancer.counts(200)).isEqualTo(Map.of("0", 100, "1", 100));

    balancer.it.update(Place.many(3));

    assertThat(balancer.counts(2_100)).isEqualTo(Map.of("0", 1_000, "1", 1_000, "2", 100));
    balancer.pass(Duration.ofSeconds(4));
    assertThat(balancer.counts(2_500)).isEqualTo(Map.of("0", 1_000, "1", 1_000, "2", 500));
    balancer.pass(Duration.ofSeconds(5));
    assertThat(balancer.counts(3_000)).isEqualTo(Map.of("0", 1_000, "1", 1_000, "2", 1_000));
  }

  @Test
  void startsSlowlyWithAnInstanceThatWasRestarted() {
    Balancer balancer =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ofSeconds(10)),
            Place.many(2));

    balancer.it.update(List.of(Place.named("0"), Place.named("1").startedAs("again")));

    assertThat(balancer.counts(1_100)).isEqualTo(Map.of("0", 1_000, "1", 100));
  }

  @Test
  void staysInItsZoneWhileEnoughOfItIsWell() {
    List<Place> places =
        List.of(
            Place.named("a1").in("a"),
            Place.named("a2").in("a"),
            Place.named("b1").in("b"),
            Place.named("somewhere"));
    Balancer balancer =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN)
                .slowStart(Duration.ZERO)
                .preferring(new ZonePreference("a", 0.7)),
            places);
    assertThat(balancer.counts(100)).isEqualTo(Map.of("a1", 50, "a2", 50));

    balancer.fail("a1", 3);
    assertThat(balancer.counts(99)).isEqualTo(Map.of("a2", 33, "b1", 33, "somewhere", 33));

    balancer.pass(Duration.ofSeconds(1));
    assertThat(balancer.counts(100)).isEqualTo(Map.of("a1", 50, "a2", 50));
  }

  @Test
  void leavesItsZoneWhenFewOfItAreLeftOnTheList() {
    List<Place> others =
        List.of(Place.named("b1").in("b"), Place.named("b2").in("b"), Place.named("b3").in("b"));
    List<Place> three =
        List.of(Place.named("a1").in("a"), Place.named("a2").in("a"), Place.named("a3").in("a"));
    Balancer balancer =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN)
                .slowStart(Duration.ZERO)
                .preferring(ZonePreference.of("a")),
            joined(three, others));
    assertThat(balancer.counts(30)).containsOnlyKeys("a1", "a2", "a3");

    balancer.it.update(joined(three.subList(0, 2), others));
    assertThat(balancer.counts(30)).containsOnlyKeys("a1", "a2");

    balancer.it.update(joined(three.subList(0, 1), others));
    assertThat(balancer.counts(40)).as("one is not to do the work of three").hasSize(4);
  }

  private static List<Place> joined(List<Place> some, List<Place> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  @Test
  void leavesItsZoneForACallerWhoAcceptsNobodyThere() {
    Balancer balancer =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN).preferring(new ZonePreference("a", 0.5)),
            List.of(Place.named("a1").in("a"), Place.named("b1").in("b")));

    Attempt<Place> attempt = balancer.it.begin(it -> !it.target().id().equals("a1")).orElseThrow();

    assertThat(attempt.target().id()).isEqualTo("b1");
  }

  @Test
  void servesFromAllZonesWhenTheOwnHasNobody() {
    Balancer balancer =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN).preferring(new ZonePreference("c", 0.5)),
            List.of(Place.named("a1").in("a"), Place.named("b1").in("b")));

    assertThat(balancer.counts(100)).isEqualTo(Map.of("a1", 50, "b1", 50));
  }
}
