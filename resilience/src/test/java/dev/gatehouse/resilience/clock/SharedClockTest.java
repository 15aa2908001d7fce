package dev.gatehouse.resilience.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An instance with a wall clock and a database with another, each off the right time as a test
/// sets it.
class SharedClockTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration BEAT = Duration.ofSeconds(3);
  private static final List<Duration> ALONE = List.of();
  private static final List<Duration> RIGHT = List.of(Duration.ofMillis(200), Duration.ZERO);

  private Duration passed = Duration.ZERO;
  private Duration wallError = Duration.ZERO;
  private Duration databaseError = Duration.ZERO;
  private final SharedClock clock = new SharedClock(() -> right().plus(wallError), this::nanos);

  static List<Duration> steps() {
    return List.of(
        Duration.ofSeconds(31),
        Duration.ofHours(1),
        Duration.ofHours(-1),
        Duration.ofDays(31),
        Duration.ofDays(90),
        Duration.ofDays(-90));
  }

  @Test
  void isTheWallClockAtFirstAndAllowsNothing() {
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.state()).isEqualTo(ClockState.UNMEASURED);
    assertThat(clock.offset()).isEmpty();
    assertThat(clock.agrees()).isFalse();
  }

  @Test
  void followsTheDatabaseAndTheMonotonicClockInBetween() {
    wallError = Duration.ofSeconds(20);
    beat(ALONE);
    wallError = Duration.ofDays(91);
    pass(Duration.ofMillis(1_500));

    assertThat(clock.instant()).isEqualTo(right());
    assertThat(clock.millis()).isEqualTo(right().toEpochMilli());
    assertThat(clock.agrees()).isTrue();
    assertThat(clock.offset()).contains(Duration.ofSeconds(20));
  }

  @Test
  void takesTheResponseForTheMiddleOfTheRoundTrip() {
    long askedAt = clock.nanos();
    Instant response = right().plusMillis(500);
    pass(Duration.ofSeconds(1));

    assertThat(clock.reading(askedAt, response).offset()).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void isRightAndNotReadyWithAWrongClockFromTheStart(Duration error) {
    wallError = error;
    beat(RIGHT);

    assertThat(clock.state()).isEqualTo(ClockState.INSTANCE_WRONG);
    assertThatThrownBy(clock::requireRight).hasMessageContaining("wall clock");
    assertThat(clock.instant()).isEqualTo(right());
    assertThat(clock.agrees()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void isRightWhenItsOwnClockStepsAndReadyAgainWhenItIsSet(Duration error) {
    beat(RIGHT);
    wallError = error;
    beat(RIGHT);
    assertThat(clock.instant()).isEqualTo(right());
    assertThat(clock.agrees()).isFalse();
    beat(RIGHT);
    assertThat(clock.state()).isEqualTo(ClockState.INSTANCE_WRONG);
    assertThat(clock.instant()).isEqualTo(right());

    wallError = Duration.ZERO;
    beat(RIGHT);

    assertThatNoException().isThrownBy(clock::requireRight);
    assertThat(clock.agrees()).isTrue();
  }

  /// The others have noticed a beat later, until when their offsets say that the database is right.
  @ParameterizedTest
  @MethodSource("steps")
  void staysRightAndReadyWhenTheDatabaseSteps(Duration error) {
    beat(RIGHT);
    databaseError = error;
    beat(RIGHT);
    assertThatNoException().isThrownBy(clock::requireRight);
    assertThat(clock.instant()).isEqualTo(right());

    beat(List.of(error.negated(), error.negated().plusMillis(100)));

    assertThat(clock.state()).isEqualTo(ClockState.DATABASE_WRONG);
    assertThatNoException().isThrownBy(clock::requireRight);
    assertThat(clock.instant()).isEqualTo(right());
    assertThat(clock.agrees()).isFalse();
    databaseError = Duration.ZERO;
    beat(RIGHT);
    assertThat(clock.agrees()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void staysRightAndReadyAloneWhicheverClockSteps(Duration error) {
    beat(ALONE);
    databaseError = error;
    beat(ALONE);
    assertThat(clock.instant()).isEqualTo(right());
    assertThat(clock.state()).isEqualTo(ClockState.UNDECIDED);

    databaseError = Duration.ZERO;
    wallError = error;
    beat(ALONE);

    assertThat(clock.instant()).isEqualTo(right());
    assertThatNoException().isThrownBy(clock::requireRight);
    assertThat(clock.agrees()).isFalse();
  }

  @Test
  void goesByTheDatabaseWhenItStartsAloneInDisagreement() {
    wallError = Duration.ofDays(31);
    beat(ALONE);

    assertThat(clock.instant()).isEqualTo(right());
    assertThat(clock.agrees()).isFalse();
  }

  @Test
  void takesNoSideAmongOthersThatAreOffInOtherWays() {
    wallError = Duration.ofDays(31);
    beat(List.of(Duration.ofDays(-31)));

    assertThat(clock.state()).isEqualTo(ClockState.UNDECIDED);
  }

  @Test
  void allowsNothingByAnOldReading() {
    beat(RIGHT);
    pass(SharedClock.FRESH);

    assertThat(clock.agrees()).isFalse();
  }

  /// As on one machine whose clock is set, or that was suspended.
  @ParameterizedTest
  @MethodSource("steps")
  void allowsNothingForAWhileAfterBothClocksHaveJumpedTogether(Duration error) {
    beat(ALONE);
    wallError = error;
    databaseError = error;
    beat(ALONE);
    assertThat(clock.state()).isEqualTo(ClockState.AGREES);
    assertThat(clock.agrees()).isFalse();

    for (Duration waited = Duration.ZERO;
        waited.compareTo(SharedClock.SETTLING) < 0;
        waited = waited.plus(BEAT)) {
      assertThat(clock.agrees()).isFalse();
      beat(ALONE);
    }

    assertThat(clock.agrees()).isTrue();
  }

  @Test
  void reportsOnceWhatWaits() {
    var reports = new ArrayList<String>();
    var gate = new ClockGate("Cleanup", clock::agrees, reports::add);

    assertThat(gate.open()).isFalse();
    assertThat(gate.open()).isFalse();
    assertThat(reports).hasSize(1);
    beat(RIGHT);
    assertThat(gate.open()).isTrue();
    assertThat(gate.open()).isTrue();

    assertThat(reports).hasSize(2);
    assertThat(reports.getFirst()).startsWith("Cleanup waits");
    assertThat(reports.getLast()).startsWith("Cleanup goes on");
  }

  private void beat(List<Duration> others) {
    pass(BEAT);
    clock.observe(clock.reading(clock.nanos(), right().plus(databaseError)), others);
  }

  private void pass(Duration time) {
    passed = passed.plus(time);
  }

  private Instant right() {
    return START.plus(passed);
  }

  private long nanos() {
    return passed.toNanos();
  }
}
