package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final long SECOND = 1_000_000_000L;

  private final SlidingWindow window = new SlidingWindow(Duration.ofSeconds(10), 2);

  @Test
  void countsEachKindByItself() {
    window.add(0, 0);
    window.add(0, 0);
    window.add(1, 0);

    assertThat(window.sum(0, 0)).isEqualTo(2);
    assertThat(window.sum(1, 0)).isEqualTo(1);
  }

  @Test
  void forgetsABucketAtATime() {
    for (long second = 0; second < 10; second++) {
      window.add(0, second * SECOND);
    }

    assertThat(window.sum(0, 9 * SECOND)).isEqualTo(10);
    assertThat(window.sum(0, 10 * SECOND)).isEqualTo(9);
    assertThat(window.sum(0, 18 * SECOND)).isEqualTo(1);
    assertThat(window.sum(0, 19 * SECOND)).isZero();
  }

  @Test
  void reusesThePlaceOfAnOldBucket() {
    window.add(0, 0);
    window.add(0, 10 * SECOND);

    assertThat(window.sum(0, 10 * SECOND)).isEqualTo(1);
  }

  @Test
  void dropsAnEventFromBeforeTheWindow() {
    window.add(0, 20 * SECOND);
    window.add(0, 0);

    assertThat(window.sum(0, 20 * SECOND)).isEqualTo(1);
  }

  @Test
  void takesTimesBelowZero() {
    window.add(0, -5 * SECOND);

    assertThat(window.sum(0, 4 * SECOND)).isEqualTo(1);
    assertThat(window.sum(0, 5 * SECOND)).isZero();
  }

  @Test
  void losesNoEventOfManyThreads() throws InterruptedException {
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int event = 0; event < 100_000; event++) {
                      window.add(0, event % 10 * SECOND);
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(window.sum(0, 9 * SECOND)).isEqualTo(800_000);
  }

  @Test
  void refusesAWindowOfNothing() {
    assertThatThrownBy(() -> new SlidingWindow(Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlidingWindow(Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
