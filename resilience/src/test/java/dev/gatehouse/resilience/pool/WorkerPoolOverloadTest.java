package dev.gatehouse.resilience.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Far more callers than the pool can serve, some of whom leave: every task must have an end.
@Timeout(60)
class WorkerPoolOverloadTest {
  private static final int CALLERS = 2_000;
  private static final int TASKS_EACH = 10;

  private final CountingListener counted = new CountingListener();
  private final Queue<End> ends = new ConcurrentLinkedQueue<>();
  private final LongAdder ran = new LongAdder();

  @Test
  void losesNoTask() throws Exception {
    var settings =
        new WorkerPoolSettings("overload", 2, 50, Duration.ofMillis(50), Duration.ofMillis(1));
    try (var pool = new WorkerPool(settings, counted)) {
      callAll(pool);
    }
    assertThat(ends).hasSize(CALLERS * TASKS_EACH);
    assertThat(count(End.COMPLETED)).isPositive();
    assertThat(count(End.REJECTED)).isPositive().isLessThanOrEqualTo(counted.rejections());
    assertThat(count(End.FAILED) + count(End.COMPLETED)).isLessThanOrEqualTo(ran.sum());
    assertThat(ran.sum()).isEqualTo(counted.completions());
    assertThat(counted.drops())
        .isLessThanOrEqualTo((int) (count(End.TIMED_OUT) + count(End.INTERRUPTED)));
    assertThat(counted.completions() + counted.rejections() + counted.drops())
        .isEqualTo(CALLERS * TASKS_EACH);
  }

  private void callAll(WorkerPool pool) throws InterruptedException {
    var start = new CountDownLatch(1);
    var callers = new ArrayList<Thread>();
    for (int caller = 0; caller < CALLERS; caller++) {
      int number = caller;
      callers.add(Thread.ofVirtual().start(() -> callOften(pool, number, start)));
    }
    start.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private void callOften(WorkerPool pool, int number, CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException unexpected) {
      return;
    }
    for (int task = 0; task < TASKS_EACH; task++) {
      ends.add(end(pool, number + task));
    }
  }

  private End end(WorkerPool pool, int number) {
    var lane = number % 3 == 0 ? QueuePriority.DEFERRED : QueuePriority.REGULAR;
    var deadline = number % 5 == 0 ? Deadline.after(Duration.ofMillis(5)) : Deadline.never();
    try {
      var task = pool.submit(lane, deadline, () -> busy(number));
      if (number % 7 == 0) {
        Thread.currentThread().interrupt();
      }
      task.await();
      return End.COMPLETED;
    } catch (TaskRejected rejected) {
      return End.REJECTED;
    } catch (ExecutionException failed) {
      return End.FAILED;
    } catch (TimeoutException late) {
      return End.TIMED_OUT;
    } catch (InterruptedException left) {
      return End.INTERRUPTED;
    }
  }

  private int busy(int number) {
    ran.increment();
    long until = System.nanoTime() + 1_000_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    if (number % 11 == 0) {
      throw new IllegalStateException("a task that fails");
    }
    return number;
  }

  private long count(End end) {
    return ends.stream().filter(end::equals).count();
  }

  private enum End {
    COMPLETED,
    FAILED,
    REJECTED,
    TIMED_OUT,
    INTERRUPTED
  }
}
