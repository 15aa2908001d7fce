package dev.gatehouse.limits;

import java.time.Duration;

/// A number of tokens in a period: a bucket holds `tokens` and is refilled evenly, from empty to
/// full in one `period`. An idle client may take them all at once. Immutable.
public record Rate(long tokens, Duration period) {
  private static final long MAX_TOKENS = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /// @throws IllegalArgumentException when a value is out of range
  public Rate {
    if (tokens < 1 || tokens > MAX_TOKENS) {
      throw new IllegalArgumentException("The tokens must lie between 1 and " + MAX_TOKENS);
    }
    if (period.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("The period must be at least " + SHORTEST);
    }
  }
}
