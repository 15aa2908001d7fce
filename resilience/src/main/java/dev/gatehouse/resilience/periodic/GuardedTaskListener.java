package dev.gatehouse.resilience.periodic;

import java.time.Duration;

/// Keeps a listener's failures away from the task, without hiding them.
record GuardedTaskListener(PeriodicTaskListener listener) implements PeriodicTaskListener {
  @Override
  public void outageBegan(String task, Throwable cause) {
    guard(() -> listener.outageBegan(task, cause));
  }

  @Override
  public void stillFailing(String task, Throwable cause, int failures) {
    guard(() -> listener.stillFailing(task, cause, failures));
  }

  @Override
  public void outageEnded(String task, int failures, Duration lasted) {
    guard(() -> listener.outageEnded(task, failures, lasted));
  }

  @Override
  public void leftRunning(String task) {
    guard(() -> listener.leftRunning(task));
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error failure) {
      var thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }
}
