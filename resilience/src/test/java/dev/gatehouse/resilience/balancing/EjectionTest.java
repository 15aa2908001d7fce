package dev.gatehouse.resilience.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EjectionTest {
  private final Balancer balancer = Balancer.inTurn(Place.many(4));

  @Test
  void takesOutAnInstanceThatFailsThriceInARow() {
    balancer.fail("1", 2);
    assertThat(balancer.counts(400)).containsEntry("1", 100);

    balancer.fail("1", 1);

    assertThat(balancer.counts(300)).doesNotContainKey("1").hasSize(3);
    assertThat(balancer.get("1").ejected()).isTrue();
    assertThat(balancer.events).containsExactly("ejected 1 CONSECUTIVE_FAILURES 1s");
  }

  @Test
  void sparesOneThatSucceedsInBetween() {
    for (int i = 0; i < 5; i++) {
      balancer.fail("1", 2);
      balancer.succeed("1", 3);
    }

    assertThat(balancer.get("1").ejected()).isFalse();
  }

  @Test
  void takesOutAnInstanceThatFailsHalfOfItsCalls() {
    for (int i = 0; i < 10; i++) {
      balancer.fail("1", 1);
      balancer.succeed("1", 1);
    }
    assertThat(balancer.get("1").ejected()).isFalse();

    balancer.fail("1", 1);

    assertThat(balancer.events).containsExactly("ejected 1 FAILURE_RATE 1s");
  }

  @Test
  void holdsNoCallAgainstItThatWasAbandoned() {
    for (int i = 0; i < 100; i++) {
      balancer.begin("1").close();
    }

    assertThat(balancer.get("1").ejected()).isFalse();
  }

  @Test
  void takesItBackInWhenItsTimeIsOver() {
    balancer.fail("1", 3);

    balancer.pass(Duration.ofMillis(999));
    assertThat(balancer.get("1").ejected()).isTrue();
    balancer.pass(Duration.ofMillis(1));

    assertThat(balancer.get("1").ejected()).isFalse();
    assertThat(balancer.counts(400)).containsEntry("1", 100);
    assertThat(balancer.events).endsWith("returned 1");
  }

  @Test
  void takesItOutForTwiceAsLongAtItsFirstFailureAfterAReturn() {
    balancer.fail("1", 3);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(balancer.events).last().asString().endsWith(" " + seconds + "s");
      balancer.pass(Duration.ofSeconds(seconds));
      balancer.fail("1", 1);
    }
  }

  @Test
  void forgivesOneThatStayedInForLong() {
    balancer.fail("1", 3);
    balancer.pass(Duration.ofSeconds(1));
    balancer.succeed("1", 1);
    balancer.pass(Duration.ofSeconds(30));

    balancer.fail("1", 3);

    assertThat(balancer.events).last().isEqualTo("ejected 1 CONSECUTIVE_FAILURES 1s");
  }

  @Test
  void holdsNothingFromBeforeTheEjectionAgainstOneThatReturned() {
    Attempt<Place> hung = balancer.begin("1");
    balancer.fail("1", 3);
    balancer.pass(Duration.ofSeconds(1));

    hung.failed();

    assertThat(balancer.get("1").ejected()).isFalse();
  }

  @Test
  void startsSlowlyWithOneThatReturns() {
    Balancer slowly =
        new Balancer(
            BalancerSettings.of(Policy.ROUND_ROBIN).slowStart(Duration.ofSeconds(10)),
            Place.many(2));
    slowly.fail("1", 3);

    slowly.pass(Duration.ofSeconds(1));

    assertThat(slowly.counts(1_100)).containsEntry("1", 100);
  }

  @Test
  void neverTakesOutMoreThanHalf() {
    for (String id : List.of("0", "1", "2", "3")) {
      balancer.fail(id, 10);
    }

    assertThat(balancer.it.upstreams()).filteredOn(Upstream::ejected).hasSize(2);
    assertThat(balancer.counts(100)).hasSize(2);
  }

  @Test
  void takesOutAnotherWhenThereIsRoomAgain() {
    balancer.fail("0", 3);
    balancer.fail("1", 3);
    balancer.fail("2", 3);
    balancer.pass(Duration.ofSeconds(1));

    balancer.fail("2", 1);

    assertThat(balancer.get("2").ejected()).isTrue();
  }

  @Test
  void neverTakesOutTheOnlyOne() {
    Balancer alone = Balancer.inTurn(Place.many(1));

    alone.fail("0", 100);

    assertThat(alone.picked().target().id()).isEqualTo("0");
  }

  @Test
  void servesFromAllWhenOnlyThoseThatAreOutRemain() {
    balancer.fail("0", 3);
    balancer.fail("1", 3);

    balancer.it.update(Place.many(2));
    assertThat(balancer.counts(100)).hasSize(2);
    assertThat(balancer.events).endsWith("panicked true");

    balancer.it.update(Place.many(3));
    assertThat(balancer.counts(100)).hasSize(1).containsKey("2");
    assertThat(balancer.events).endsWith("panicked false");
  }

  @Test
  void beginsAnewWithOneThatWasRestarted() {
    balancer.fail("1", 3);

    balancer.it.update(
        List.of(Place.named("0"), Place.named("1").startedAs("again"), Place.named("2")));

    assertThat(balancer.get("1").ejected()).isFalse();
    assertThat(balancer.counts(300)).containsEntry("1", 100);
  }

  @Test
  void keepsWhatItHoldsAgainstOneWhenTheListChanges() {
    balancer.fail("1", 3);

    balancer.it.update(Place.many(5));

    assertThat(balancer.get("1").ejected()).isTrue();
  }
}
