package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMillis(500);

  @Test
  void doublesUpToTheLongest() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);

    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(50));
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(250));
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void staysWithinItsStepWhateverIsDrawn() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0.999_999);

    assertThat(backoff.next()).isBetween(Duration.ofMillis(50), FIRST);
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(100), LONGEST);
    }
  }

  @Test
  void beginsAnewAfterASuccess() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);
    backoff.next();
    backoff.next();

    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void refusesALongestBelowTheFirst() {
    assertThatThrownBy(() -> new Backoff(FIRST, Duration.ofMillis(99), () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
