package dev.gatehouse.resilience.balancing;

import java.time.Duration;

/// When an instance that responds badly is taken out of rotation, and for how long.
///
/// @param consecutiveFailures this many failures in a row
/// @param failureRate or this share of the calls over the window, above 0 and up to 1
/// @param minimumCalls fewer calls than this in the window show no rate
/// @param window how far back calls are counted
/// @param first how long the first ejection lasts; doubles with each one that follows
/// @param longest the longest ejection; an instance that stays in for this long starts again
/// @param ceiling at most this share of the instances is out at once, from 0 (never eject) to 1
public record Ejection(
    int consecutiveFailures,
    double failureRate,
    int minimumCalls,
    Duration window,
    Duration first,
    Duration longest,
    double ceiling) {
  /// Checks that the settings make sense together.
  public Ejection {
    if (consecutiveFailures < 1 || minimumCalls < 1) {
      throw new IllegalArgumentException("an ejection needs at least one failure");
    }
    if (!(failureRate > 0 && failureRate <= 1) || !(ceiling >= 0 && ceiling <= 1)) {
      throw new IllegalArgumentException("rates and ceilings are shares of 1");
    }
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no ejections from " + first + " to " + longest);
    }
  }

  /// Three failures in a row, or half of at least 20 calls in 10 s: out for 1 s, up to 30 s; half
  /// may be out.
  public static Ejection defaults() {
    return new Ejection(
        3, 0.5, 20, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5);
  }

  int mostOutOf(int instances) {
    return (int) (ceiling * instances);
  }

  Duration lasting(int ejections) {
    Duration length = first;
    for (int i = 1; i < ejections && length.compareTo(longest) < 0; i++) {
      length = length.multipliedBy(2);
    }
    return length.compareTo(longest) < 0 ? length : longest;
  }
}
