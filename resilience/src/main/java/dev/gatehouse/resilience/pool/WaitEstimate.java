package dev.gatehouse.resilience.pool;

import java.util.Arrays;

/// When a task that arrives now would run, if every task took the average time: a list schedule
/// over the workers (R. L. Graham, "Bounds on multiprocessing timing anomalies", 1969). Times are
/// nanoseconds from now. Immutable.
final class WaitEstimate {
  private final long serviceTime;
  private final long[] freeAt;
  private final int idle;

  /// Looks ahead from the present state.
  ///
  /// @param serviceTime the average time a task takes, at least 1
  /// @param elapsed for each task that is running, how long it has run; not more of them than
  ///     workers
  WaitEstimate(int workers, long serviceTime, long... elapsed) {
    this.serviceTime = serviceTime;
    this.idle = workers - elapsed.length;
    this.freeAt = new long[workers];
    for (int running = 0; running < elapsed.length; running++) {
      freeAt[idle + running] = remaining(elapsed[running]);
    }
    Arrays.sort(freeAt);
  }

  /// Whether a task with this many ahead of it finds a worker idle.
  boolean startsAtOnce(int ahead) {
    return ahead < idle;
  }

  /// When a task with this many ahead of it starts. No worker is busy for longer than one service
  /// time, so the workers become free in turn.
  long start(int ahead) {
    return freeAt[ahead % freeAt.length] + ahead / freeAt.length * serviceTime;
  }

  /// When a task with this many ahead of it ends.
  long finish(int ahead) {
    return start(ahead) + serviceTime;
  }

  /// A task that has run for longer than the average is expected to go on for as long as it is
  /// over, but for no more than an average task.
  private long remaining(long elapsed) {
    return Math.min(serviceTime, Math.abs(serviceTime - elapsed));
  }
}
