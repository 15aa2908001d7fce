package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void countsDownAndExpires() {
    var deadline = Deadline.after(Duration.ofSeconds(2), clock);
    clock.advance(Duration.ofSeconds(1));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));
    assertThat(deadline.expired()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(deadline.expired()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(-1));
    assertThat(deadline.remainingAtMost(Duration.ofSeconds(5))).isZero();
  }

  @Test
  void survivesTheClockWrappingAround() {
    clock.set(Long.MAX_VALUE - 10);
    var deadline = Deadline.after(Duration.ofNanos(20), clock);
    assertThat(deadline.expired()).isFalse();
    clock.advance(Duration.ofNanos(19));
    assertThat(deadline.remainingNanos()).isEqualTo(1);
    assertThat(deadline.earlier(Deadline.never())).isSameAs(deadline);
  }

  @Test
  void hasPassedWhenTheTimeoutIsNotPositive() {
    assertThat(Deadline.after(Duration.ZERO, clock).expired()).isTrue();
    assertThat(Deadline.after(Duration.ofSeconds(-3), clock).expired()).isTrue();
  }

  @Test
  void takesAnyDuration() {
    var farthest = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), clock);
    assertThat(farthest.remaining()).isGreaterThan(Duration.ofDays(100 * 365));
    assertThat(Deadline.never().remaining()).isGreaterThan(Duration.ofDays(100 * 365));
  }

  @Test
  void isNeverOutsideOfWorkThatHasOne() {
    assertThat(Deadline.current()).isSameAs(Deadline.never());
  }

  @Test
  void isCurrentInTheWorkItIsBoundTo() {
    var deadline = Deadline.after(Duration.ofSeconds(1), clock);
    assertThat(deadline.<Deadline, RuntimeException>call(Deadline::current)).isSameAs(deadline);
    var seen = new AtomicReference<Deadline>();
    deadline.run(() -> seen.set(Deadline.current()));
    assertThat(seen).hasValue(deadline);
    assertThat(Deadline.current()).isSameAs(Deadline.never());
  }

  @Test
  void isOnlyEverShortenedByInnerWork() {
    var early = Deadline.after(Duration.ofSeconds(1), clock);
    var late = Deadline.after(Duration.ofSeconds(9), clock);
    var seen = new AtomicReference<Deadline>();
    early.run(() -> late.run(() -> seen.set(Deadline.current())));
    assertThat(seen).hasValue(early);
    late.run(() -> early.run(() -> seen.set(Deadline.current())));
    assertThat(seen).hasValue(early);
  }

  @Test
  void letsTheWorkThrowWhatItThrows() {
    var deadline = Deadline.after(Duration.ofSeconds(1), clock);
    assertThatThrownBy(
            () ->
                deadline.call(
                    () -> {
                      throw new IOException("as thrown");
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void boundsAWaitByTheLesserOfItselfAndTheLimit() {
    var deadline = Deadline.after(Duration.ofSeconds(2), clock);
    assertThat(deadline.remainingAtMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(deadline.remainingAtMost(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(2));
  }
}
