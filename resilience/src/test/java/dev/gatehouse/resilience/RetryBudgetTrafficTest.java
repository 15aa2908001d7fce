package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random traffic with random failures, and an account of every request and every retry.
class RetryBudgetTrafficTest {
  private static final int SECONDS = 120;
  private static final int WINDOW = 10;
  private static final double SHARE = 0.2;
  private static final int FLOOR = 10;

  private final ManualClock clock = new ManualClock();
  private final RetryBudget budget =
      new RetryBudget(SHARE, FLOOR / WINDOW, Duration.ofSeconds(WINDOW), clock);
  private final long[] requests = new long[SECONDS];
  private final long[] retries = new long[SECONDS];

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void grantsNeitherMoreNorLessThanItSays(long seed) {
    var random = new Random(seed);
    int most = 1 + random.nextInt(200);
    for (int second = 0; second < SECONDS; second++) {
      int arriving = random.nextInt(most);
      double failing = random.nextInt(3) == 0 ? random.nextDouble() : 0;
      for (int i = 0; i < arriving; i++) {
        budget.requested();
        requests[second]++;
        for (int attempt = 1; attempt < 3 && random.nextDouble() < failing; attempt++) {
          ask(second);
        }
      }
      clock.advance(Duration.ofSeconds(1));
    }

    long windows = SECONDS / WINDOW;
    assertThat(LongStream.of(retries).sum())
        .as("in all")
        .isLessThanOrEqualTo((long) (SHARE * LongStream.of(requests).sum()) + windows * FLOOR);
  }

  private void ask(int second) {
    long allowed = Math.max(FLOOR, (long) (SHARE * last(requests, second)));
    boolean granted = budget.tryRetry();

    assertThat(granted).isEqualTo(last(retries, second) < allowed);
    retries[second] += granted ? 1 : 0;
  }

  private static long last(long[] counts, int second) {
    long sum = 0;
    for (int i = Math.max(0, second - WINDOW + 1); i <= second; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
