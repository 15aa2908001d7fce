package dev.gatehouse.limits;

import java.time.Duration;

/// So many in so much time: a bucket holds `tokens` and is filled evenly, from empty to full in one
/// `period`. A client that was quiet may take them all at once. Immutable.
public record Rate(long tokens, Duration period) {
  private static final long MAX_TOKENS = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /// @throws IllegalArgumentException when a value makes no sense
  public Rate {
    if (tokens < 1 || tokens > MAX_TOKENS) {
      throw new IllegalArgumentException("The tokens must lie between 1 and " + MAX_TOKENS);
    }
    if (period.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("The period must be at least " + SHORTEST);
    }
  }
}
