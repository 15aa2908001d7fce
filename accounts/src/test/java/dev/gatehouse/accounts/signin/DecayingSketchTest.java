package dev.gatehouse.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecayingSketchTest {
  private final AtomicLong millis = new AtomicLong(-1_700_000_000_000L);
  private final DecayingSketch sketch =
      new DecayingSketch(
          Duration.ofMinutes(1), () -> TimeUnit.MILLISECONDS.toNanos(millis.get()), new Random(1));

  @Test
  void countsExactlyWhenItIsEmpty() {
    IntStream.range(0, 7).forEach(i -> sketch.increment("key"));

    assertThat(sketch.estimate("key")).isEqualTo(7);
    assertThat(sketch.estimate("other")).isZero();
  }

  @Test
  void halvesWithEachHalfLife() {
    IntStream.range(0, 8).forEach(i -> sketch.increment("key"));

    millis.addAndGet(60_000);
    assertThat(sketch.estimate("key")).isEqualTo(4);
    millis.addAndGet(120_000);
    assertThat(sketch.estimate("key")).isEqualTo(1);
    millis.addAndGet(Duration.ofDays(365).toMillis());
    assertThat(sketch.estimate("key")).isZero();
  }

  @Test
  void keepsStrangersApartAmongManyKeys() {
    IntStream.range(0, 20_000).forEach(i -> sketch.increment("key " + i));

    long mistaken =
        IntStream.range(0, 10_000).filter(i -> sketch.estimate("stranger " + i) > 3).count();

    assertThat(mistaken).isZero();
    assertThat(IntStream.range(0, 20_000).allMatch(i -> sketch.estimate("key " + i) >= 1)).isTrue();
  }

  @Test
  void losesNoCountToAnotherThread() throws InterruptedException {
    var threads =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    Thread.ofVirtual()
                        .start(
                            () -> IntStream.range(0, 10_000).forEach(i -> sketch.increment("key"))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(sketch.estimate("key")).isEqualTo(40_000);
  }

  @Test
  void neverWrapsAround() {
    for (int i = 0; i < (1 << 20) + 10; i++) {
      sketch.increment("key");
    }

    assertThat(sketch.estimate("key")).isEqualTo((1 << 20) - 1);
  }
}
