package dev.gatehouse.tokens;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyRefreshTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration DISTANCE = Duration.ofSeconds(5);

  private final PeriodicTasks tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
  private final AtomicLong nanoTime = new AtomicLong();
  private final Semaphore runs = new Semaphore(0);

  @Test
  void refreshesAtItsRhythm() throws InterruptedException {
    try (var _ =
        new KeyRefresh(runs::release, Duration.ofMillis(5), DISTANCE, nanoTime::get, tasks)) {
      assertThat(runs.tryAcquire(3, 10, SECONDS)).isTrue();
    }
  }

  @Test
  void goesOnAfterFailures() throws InterruptedException {
    Runnable failing =
        () -> {
          runs.release();
          throw runs.availablePermits() % 2 == 0
              ? Unavailable.dependency(new IOException("away"))
              : new IllegalStateException("a bug");
        };
    try (var _ = new KeyRefresh(failing, Duration.ofMillis(5), DISTANCE, nanoTime::get, tasks)) {
      assertThat(runs.tryAcquire(4, 10, SECONDS)).isTrue();
    }
  }

  @Test
  void refreshesSoonWhenAskedButNotTwiceWithinTheDistance() throws InterruptedException {
    try (var refresh = new KeyRefresh(runs::release, NEVER, DISTANCE, nanoTime::get, tasks)) {
      nanoTime.addAndGet(DISTANCE.toNanos());
      refresh.soon();
      assertThat(runs.tryAcquire(10, SECONDS)).isTrue();

      nanoTime.addAndGet(DISTANCE.toNanos() - 1);
      refresh.soon();
      nanoTime.addAndGet(1);
      refresh.soon();
      assertThat(runs.tryAcquire(10, SECONDS)).isTrue();
    }
    assertThat(runs.availablePermits()).isZero();
  }

  @Test
  void makesOneRefreshOfManyAsking() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var overlapping = new AtomicInteger();
    var running = new AtomicInteger();
    Runnable slow =
        () -> {
          overlapping.accumulateAndGet(running.incrementAndGet(), Math::max);
          begun.countDown();
          await(goOn);
          running.decrementAndGet();
          runs.release();
        };
    try (var refresh = new KeyRefresh(slow, NEVER, DISTANCE, nanoTime::get, tasks)) {
      nanoTime.addAndGet(DISTANCE.toNanos());
      refresh.soon();
      assertThat(begun.await(10, SECONDS)).isTrue();
      nanoTime.addAndGet(DISTANCE.toNanos());
      for (int i = 0; i < 1000; i++) {
        refresh.soon();
      }
      goOn.countDown();
      assertThat(runs.tryAcquire(2, 10, SECONDS)).isTrue();
    }
    assertThat(runs.availablePermits()).isZero();
    assertThat(overlapping).hasValue(1);
  }

  @Test
  void doesNothingAfterClosing() {
    var refresh = new KeyRefresh(runs::release, NEVER, DISTANCE, nanoTime::get, tasks);
    refresh.close();
    nanoTime.addAndGet(DISTANCE.toNanos());

    refresh.soon();

    assertThat(runs.availablePermits()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
