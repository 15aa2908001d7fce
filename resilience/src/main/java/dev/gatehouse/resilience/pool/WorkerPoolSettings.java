package dev.gatehouse.resilience.pool;

import java.time.Duration;

/// The size and the patience of a [WorkerPool].
///
/// @param name names the threads: `name-1`, `name-2` ...
/// @param workers how many tasks run at once; 1 to 1,024
/// @param queueCapacity how many tasks may wait in each lane; 1 to 1,000,000. The limit of last
///     resort: admission by time is meant to refuse long before
/// @param maxWait the longest time from arrival to completion that is promised to a task; a
///     millisecond to an hour
/// @param firstEstimate how long a task takes, until the pool has seen for itself; more than zero,
///     at most an hour
public record WorkerPoolSettings(
    String name, int workers, int queueCapacity, Duration maxWait, Duration firstEstimate) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /// Refuses values out of range.
  public WorkerPoolSettings {
    require(workers >= 1 && workers <= 1_024, "workers");
    require(queueCapacity >= 1 && queueCapacity <= 1_000_000, "queueCapacity");
    require(
        maxWait.compareTo(Duration.ofMillis(1)) >= 0 && maxWait.compareTo(LONGEST) <= 0, "maxWait");
    require(firstEstimate.isPositive() && firstEstimate.compareTo(LONGEST) <= 0, "firstEstimate");
  }

  /// How long an admitted task waits for its turn before it is refused after all: two fifths
  /// longer than promised, so that a forecast may err without turning work away.
  Duration patience() {
    return maxWait.plus(maxWait.multipliedBy(2).dividedBy(5));
  }

  private static void require(boolean condition, String setting) {
    if (!condition) {
      throw new IllegalArgumentException(setting + " is out of range");
    }
  }
}
