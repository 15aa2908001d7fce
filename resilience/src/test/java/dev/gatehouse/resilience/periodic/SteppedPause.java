package dev.gatehouse.resilience.periodic;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Time that a test controls: each wait lasts until the test ends it, or until it is woken.
final class SteppedPause implements Pause {
  private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
  private volatile Semaphore waiting = new Semaphore(0);

  @Override
  public boolean await(Semaphore wake, Duration atMost) throws InterruptedException {
    waiting = wake;
    waits.add(atMost);
    wake.acquire();
    return true;
  }

  /// Waits until the task waits.
  ///
  /// @return for how long it would
  Duration next() throws InterruptedException {
    Duration wait = waits.poll(20, TimeUnit.SECONDS);
    if (wait == null) {
      throw new AssertionError("the task does not wait");
    }
    return wait;
  }

  void end() {
    waiting.release();
  }
}
