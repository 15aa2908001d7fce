package dev.gatehouse.resilience.periodic;

import java.time.Duration;

/// Passes on the outages that a task does not report itself, so that each is reported once. Used by
/// the task's thread alone.
final class UnknownOutages implements PeriodicTaskListener {
  private final Class<? extends Throwable> known;
  private final PeriodicTaskListener listener;
  private boolean reported;

  UnknownOutages(Class<? extends Throwable> known, PeriodicTaskListener listener) {
    this.known = known;
    this.listener = listener;
  }

  @Override
  public void outageBegan(String task, Throwable cause) {
    if (!known.isInstance(cause)) {
      reported = true;
      listener.outageBegan(task, cause);
    }
  }

  /// What nothing expects may also follow on a known failure.
  @Override
  public void stillFailing(String task, Throwable cause, int failures) {
    if (reported) {
      listener.stillFailing(task, cause, failures);
    } else {
      outageBegan(task, cause);
    }
  }

  @Override
  public void outageEnded(String task, int failures, Duration lasted) {
    if (reported) {
      reported = false;
      listener.outageEnded(task, failures, lasted);
    }
  }

  @Override
  public void leftRunning(String task) {
    listener.leftRunning(task);
  }
}
