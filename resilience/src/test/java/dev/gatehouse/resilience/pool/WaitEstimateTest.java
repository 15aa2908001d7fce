package dev.gatehouse.resilience.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitEstimateTest {
  private static final long SERVICE = 30;

  @Test
  void startsAtOnceWhenAWorkerIsIdle() {
    var forecast = new WaitEstimate(3, SERVICE, 10);
    assertThat(forecast.startsAtOnce(1)).isTrue();
    assertThat(forecast.startsAtOnce(2)).isFalse();
    assertThat(forecast.start(0)).isZero();
    assertThat(forecast.start(1)).isZero();
    assertThat(forecast.start(2)).isEqualTo(20);
    assertThat(forecast.finish(0)).isEqualTo(SERVICE);
  }

  @Test
  void countsTheRemainderOfRunningTasksAndThoseAhead() {
    var forecast = new WaitEstimate(2, SERVICE, 10, 25);
    assertThat(forecast.start(0)).isEqualTo(5);
    assertThat(forecast.start(1)).isEqualTo(20);
    assertThat(forecast.start(2)).isEqualTo(35);
    assertThat(forecast.finish(3)).isEqualTo(80);
  }

  @Test
  void expectsAnOverdueTaskToGoOnForAsLongAsItIsOver() {
    assertThat(new WaitEstimate(1, SERVICE, 40).start(0)).isEqualTo(10);
    assertThat(new WaitEstimate(1, SERVICE, 4_000).start(0)).isEqualTo(SERVICE);
  }

  @Test
  void agreesWithAScheduleMadeStepByStep() {
    var random = new Random(6);
    for (int round = 0; round < 2_000; round++) {
      int workers = 1 + random.nextInt(8);
      long[] elapsed = random.longs(random.nextInt(workers + 1), 0, SERVICE).toArray();
      var forecast = new WaitEstimate(workers, SERVICE, elapsed);
      int ahead = random.nextInt(40);
      assertThat(forecast.start(ahead)).isEqualTo(scheduled(workers, elapsed, ahead));
    }
  }

  private static long scheduled(int workers, long[] elapsed, int ahead) {
    long[] freeAt = new long[workers];
    for (int running = 0; running < elapsed.length; running++) {
      freeAt[running] = SERVICE - elapsed[running];
    }
    for (int task = 0; task < ahead; task++) {
      Arrays.sort(freeAt);
      freeAt[0] += SERVICE;
    }
    return Arrays.stream(freeAt).min().orElseThrow();
  }
}
