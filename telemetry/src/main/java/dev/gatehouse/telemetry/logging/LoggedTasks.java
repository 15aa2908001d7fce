package dev.gatehouse.telemetry.logging;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs outages of periodic tasks: the first failure and the end, and failures in between at debug
/// level. The failure of a dependency is a warning without a stack trace, an unexpected exception
/// an error with one.
public final class LoggedTasks implements PeriodicTaskListener {
  private static final Logger log = LoggerFactory.getLogger(LoggedTasks.class);

  @Override
  public void outageBegan(String task, Throwable cause) {
    if (isDependencyAway(cause)) {
      log.atWarn()
          .addKeyValue("task", task)
          .addKeyValue("cause", cause.toString())
          .log("Background task failed; retrying until it works");
      return;
    }
    log.atError()
        .addKeyValue("task", task)
        .setCause(cause)
        .log("Background task failed unexpectedly; retrying until it works");
  }

  @Override
  public void stillFailing(String task, Throwable cause, int failures) {
    log.atDebug()
        .addKeyValue("task", task)
        .addKeyValue("failures", failures)
        .setCause(cause)
        .log("Background task still fails");
  }

  @Override
  public void outageEnded(String task, int failures, Duration lasted) {
    log.atInfo()
        .addKeyValue("task", task)
        .addKeyValue("failures", failures)
        .addKeyValue("seconds", lasted.toSeconds())
        .log("Background task works again");
  }

  @Override
  public void leftRunning(String task) {
    log.atWarn().addKeyValue("task", task).log("Background task did not end in time; left running");
  }

  /// Checked exceptions come from drivers and the network.
  private static boolean isDependencyAway(Throwable cause) {
    return cause instanceof Unavailable
        || (cause instanceof Exception && !(cause instanceof RuntimeException));
  }
}
