package dev.gatehouse.resilience.breaker;

import static dev.gatehouse.resilience.breaker.CircuitState.CLOSED;
import static dev.gatehouse.resilience.breaker.CircuitState.HALF_OPEN;
import static dev.gatehouse.resilience.breaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.resilience.ManualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final CircuitBreakerSettings SETTINGS =
      CircuitBreakerSettings.defaults()
          .deciding(Duration.ofSeconds(10), 10)
          .slowAt(Duration.ofMillis(500), 0.8)
          .openFor(Duration.ofSeconds(1), Duration.ofSeconds(4))
          .probing(2, Duration.ofSeconds(5));

  private final ManualClock clock = new ManualClock();
  private final RecordedChanges recorded = new RecordedChanges();
  private final CircuitBreaker breaker = new CircuitBreaker("it", SETTINGS, clock, recorded);

  @Test
  void opensWhenHalfOfTheCallsFail() {
    succeed(5);
    fail(4);
    assertThat(breaker.state()).isEqualTo(CLOSED);

    fail(1);

    assertThat(breaker.state()).isEqualTo(OPEN);
    assertThat(breaker.tryAcquire()).isEmpty();
    assertThat(recorded.changes).containsExactly("it CLOSED OPEN");
    assertThat(recorded.refusals).hasValue(1);
  }

  @Test
  void decidesNothingOnFewCalls() {
    fail(9);

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void forgetsFailuresOlderThanTheWindow() {
    fail(9);
    clock.advance(Duration.ofSeconds(10));

    fail(1);

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void opensWhenCallsAreSlowThoughTheySucceed() {
    succeed(2);
    succeedSlowly(8);

    assertThat(breaker.state()).isEqualTo(OPEN);
    assertThat(breaker.tryAcquire()).isEmpty();
  }

  @Test
  void canBePassedDespiteSlownessAloneAndLearnsNothingFromThat() {
    succeedSlowly(10);
    for (int i = 0; i < 20; i++) {
      breaker.tryAcquireDespiteSlowness().orElseThrow().failed();
    }
    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(1));

    clock.advance(Duration.ofSeconds(1));
    Permit probe = breaker.tryAcquire().orElseThrow();
    breaker.tryAcquireDespiteSlowness().orElseThrow().succeeded();
    assertThat(breaker.state()).isEqualTo(HALF_OPEN);

    probe.failed();
    assertThat(breaker.tryAcquireDespiteSlowness()).isEmpty();
  }

  @Test
  void cannotBePassedAfterFailures() {
    open();

    assertThat(breaker.tryAcquireDespiteSlowness()).isEmpty();
  }

  @Test
  void countsNothingForAbandonedCalls() {
    for (int i = 0; i < 100; i++) {
      breaker.tryAcquire().orElseThrow().close();
    }
    fail(9);

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void takesTheFirstReportOnly() {
    for (int i = 0; i < 10; i++) {
      Permit permit = breaker.tryAcquire().orElseThrow();
      permit.succeeded();
      permit.failed();
      permit.close();
    }

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void letsOneProbePassWhenItsTimeIsOver() {
    open();
    clock.advance(Duration.ofMillis(999));
    assertThat(breaker.tryAcquire()).isEmpty();
    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofMillis(1));
    assertThat(breaker.admits()).isFalse();

    clock.advance(Duration.ofMillis(1));

    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.tryAcquire()).isPresent();
    assertThat(breaker.tryAcquire()).isEmpty();
    assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void closesWhenAllProbesSucceed() {
    open();
    clock.advance(Duration.ofSeconds(1));

    succeed(2);

    assertThat(breaker.state()).isEqualTo(CLOSED);
    assertThat(recorded.changes)
        .containsExactly("it CLOSED OPEN", "it OPEN HALF_OPEN", "it HALF_OPEN CLOSED");
  }

  @Test
  void opensForTwiceAsLongEachTimeAProbeFailsUpToTheLongest() {
    open();
    for (int seconds : new int[] {1, 2, 4, 4}) {
      assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
      fail(1);
      assertThat(breaker.state()).isEqualTo(OPEN);
    }
  }

  @Test
  void opensAgainWhenAProbeIsSlow() {
    open();
    clock.advance(Duration.ofSeconds(1));
    Permit probe = breaker.tryAcquire().orElseThrow();

    clock.advance(Duration.ofMillis(500));
    probe.succeeded();

    assertThat(breaker.state()).isEqualTo(OPEN);
  }

  @Test
  void beginsWithTheShortestTimeAgainOnceClosed() {
    open();
    clock.advance(Duration.ofSeconds(1));
    fail(1);
    clock.advance(Duration.ofSeconds(2));
    succeed(2);

    open();

    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void givesBackAProbeWhoseCallerVanished() {
    open();
    clock.advance(Duration.ofSeconds(1));
    var _ = breaker.tryAcquire().orElseThrow();
    assertThat(breaker.tryAcquire()).isEmpty();

    clock.advance(Duration.ofSeconds(5));
    succeed(2);

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void ignoresTheLateReportOfAProbeGivenBack() {
    open();
    clock.advance(Duration.ofSeconds(1));
    Permit vanished = breaker.tryAcquire().orElseThrow();
    clock.advance(Duration.ofSeconds(5));
    var _ = breaker.tryAcquire().orElseThrow();

    vanished.failed();

    assertThat(breaker.state()).isEqualTo(HALF_OPEN);
  }

  @Test
  void givesBackAProbeAtOnceWhenItsCallerGivesUp() {
    open();
    clock.advance(Duration.ofSeconds(1));
    Permit probe = breaker.tryAcquire().orElseThrow();

    probe.close();

    assertThat(breaker.tryAcquire()).isPresent();
    assertThat(breaker.tryAcquire()).isEmpty();
  }

  @Test
  void ignoresReportsOfCallsFromBeforeItOpened() {
    Permit[] old = new Permit[20];
    for (int i = 0; i < old.length; i++) {
      old[i] = breaker.tryAcquire().orElseThrow();
    }
    open();
    clock.advance(Duration.ofSeconds(1));
    succeed(2);
    assertThat(breaker.state()).isEqualTo(CLOSED);

    for (Permit permit : old) {
      permit.failed();
    }

    assertThat(breaker.state()).isEqualTo(CLOSED);
  }

  @Test
  void callsThroughAndPassesOnWhatIsThrown() {
    assertThat(breaker.<String, RuntimeException>call(() -> "response")).isEqualTo("response");
    IOException thrown = new IOException("refused");
    for (int i = 0; i < 9; i++) {
      assertThatThrownBy(
              () ->
                  breaker.<String, IOException>call(
                      () -> {
                        throw thrown;
                      }))
          .isSameAs(thrown);
    }

    assertThatThrownBy(() -> breaker.<String, RuntimeException>call(() -> "response"))
        .isInstanceOfSatisfying(
            CircuitOpen.class,
            open -> assertThat(open.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> SETTINGS.deciding(Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SETTINGS.openFor(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SETTINGS.probing(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void open() {
    fail(10);
    assertThat(breaker.state()).isEqualTo(OPEN);
  }

  private void succeed(int calls) {
    for (int i = 0; i < calls; i++) {
      breaker.tryAcquire().orElseThrow().succeeded();
    }
  }

  private void succeedSlowly(int calls) {
    for (int i = 0; i < calls; i++) {
      Permit permit = breaker.tryAcquire().orElseThrow();
      clock.advance(Duration.ofMillis(500));
      permit.succeeded();
    }
  }

  private void fail(int calls) {
    for (int i = 0; i < calls; i++) {
      breaker.tryAcquire().orElseThrow().failed();
    }
  }
}
