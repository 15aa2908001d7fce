package dev.gatehouse.resilience.pool;

/// How long a task takes: an exponentially weighted moving average in which the last sixteen tasks
/// have about two thirds of the weight. Not thread-safe.
final class ServiceTime {
  private static final double WEIGHT = 1.0 / 16;

  private double nanos;

  ServiceTime(long firstEstimateNanos) {
    this.nanos = firstEstimateNanos;
  }

  void record(long sampleNanos) {
    nanos += WEIGHT * (sampleNanos - nanos);
  }

  /// The average, at least a nanosecond.
  long nanos() {
    return Math.max(1, (long) nanos);
  }
}
