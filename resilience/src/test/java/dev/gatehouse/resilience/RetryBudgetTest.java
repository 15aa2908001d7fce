package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void allowsAFifthOfTheRequests() {
    RetryBudget budget = budget(0.2, 0);
    requests(budget, 100);

    assertThat(granted(budget, 100)).isEqualTo(20);
  }

  @Test
  void allowsTheFloorWithoutAnyTraffic() {
    RetryBudget budget = budget(0.2, 1);

    assertThat(granted(budget, 100)).isEqualTo(10);
  }

  @Test
  void doesNotAddTheFloorToTheShare() {
    RetryBudget budget = budget(0.2, 1);
    requests(budget, 100);

    assertThat(granted(budget, 100)).isEqualTo(20);
  }

  @Test
  void allowsNothingWhereTheShareIsNone() {
    RetryBudget budget = budget(0, 10);
    requests(budget, 100);

    assertThat(budget.tryRetry()).isFalse();
  }

  @Test
  void renewsAsTheWindowSlides() {
    RetryBudget budget = budget(0.2, 0);
    requests(budget, 100);
    granted(budget, 100);

    clock.advance(Duration.ofSeconds(10));
    requests(budget, 50);

    assertThat(granted(budget, 100)).isEqualTo(10);
  }

  @Test
  void allowsNothingOnceTheRequestsAreForgotten() {
    RetryBudget budget = budget(0.2, 0);
    requests(budget, 100);

    clock.advance(Duration.ofSeconds(10));

    assertThat(budget.tryRetry()).isFalse();
  }

  @Test
  void holdsExactlyWhenManyAskAtOnce() throws InterruptedException {
    RetryBudget budget = budget(0.2, 0);
    requests(budget, 10_000);
    AtomicInteger granted = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().start(() -> granted.addAndGet(granted(budget, 1_000)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(granted).hasValue(2_000);
  }

  @Test
  void refusesAShareOfMoreThanAll() {
    assertThatThrownBy(() -> budget(1.1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> budget(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> budget(0.2, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private RetryBudget budget(double share, int floorPerSecond) {
    return new RetryBudget(share, floorPerSecond, Duration.ofSeconds(10), clock);
  }

  private static void requests(RetryBudget budget, int count) {
    for (int i = 0; i < count; i++) {
      budget.requested();
    }
  }

  private static int granted(RetryBudget budget, int asked) {
    int granted = 0;
    for (int i = 0; i < asked; i++) {
      granted += budget.tryRetry() ? 1 : 0;
    }
    return granted;
  }
}
