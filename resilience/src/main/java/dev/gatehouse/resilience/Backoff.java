package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// How long to wait before the next attempt: doubling from a first wait up to a longest, each drawn
/// at random from the upper half of its step, so that many who failed together do not return
/// together.
///
/// Not thread-safe: one loop owns one back-off.
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private Duration step;

  /// A back-off at its first step.
  ///
  /// @param random draws from 0 inclusive to 1 exclusive
  public Backoff(Duration first, Duration longest, DoubleSupplier random) {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no back-off from " + first + " to " + longest);
    }
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.step = first;
  }

  /// The wait before the next attempt, half of the present step at least, the step at most.
  public Duration next() {
    long half = step.toNanos() / 2;
    Duration wait = Duration.ofNanos(half + (long) (half * random.getAsDouble()));
    Duration doubled = step.multipliedBy(2);
    step = doubled.compareTo(longest) < 0 ? doubled : longest;
    return wait;
  }

  /// An attempt succeeded: the next wait is a first one again.
  public void reset() {
    step = first;
  }
}
