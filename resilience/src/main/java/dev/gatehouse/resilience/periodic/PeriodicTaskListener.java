package dev.gatehouse.resilience.periodic;

import java.time.Duration;

/// Receives the outages of periodic tasks. Called on the task's thread; must be quick and
/// thread-safe. What it throws goes to the thread's uncaught exception handler and does not harm
/// the task.
public interface PeriodicTaskListener {
  /// Ignores everything.
  PeriodicTaskListener NONE = new PeriodicTaskListener() {};

  /// A turn failed after one that succeeded, or at the start. Called once per outage.
  default void outageBegan(String task, Throwable cause) {}

  /// Another turn failed in the same outage.
  ///
  /// @param failures in a row, the first included
  default void stillFailing(String task, Throwable cause, int failures) {}

  /// A turn succeeded again. Called once per outage.
  ///
  /// @param failures how many turns in a row had failed
  /// @param lasted from the end of the first failed turn
  default void outageEnded(String task, int failures, Duration lasted) {}

  /// The task was closed, but its thread did not end in time and was left running.
  default void leftRunning(String task) {}
}
