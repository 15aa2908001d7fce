package dev.gatehouse.resilience.periodic;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits between two turns of a periodic task. Tests replace it, so that they do not sleep.
@FunctionalInterface
public interface Pause {
  /// Waits on the JDK's own clock.
  Pause TIMED = (wake, atMost) -> wake.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);

  /// Returns when the time has passed, or earlier once `wake` has a permit.
  ///
  /// @return whether it was woken
  boolean await(Semaphore wake, Duration atMost) throws InterruptedException;
}
