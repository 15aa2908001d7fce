package dev.gatehouse.resilience.pool;

import dev.gatehouse.resilience.Deadline;
import java.util.concurrent.CountDownLatch;

/// Keeps one worker of a pool busy until closed.
final class HeldWorker implements AutoCloseable {
  final PendingTask<Boolean> task;
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  HeldWorker(WorkerPool pool) {
    task =
        pool.submit(
            QueuePriority.REGULAR,
            Deadline.never(),
            () -> {
              started.countDown();
              release.await();
              return true;
            });
    try {
      started.await();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Override
  public void close() {
    release.countDown();
  }
}
