package dev.gatehouse.limits;

import java.time.Duration;

/// Whether a token was available. Immutable.
///
/// @param remaining the remaining tokens, 0 when refused
/// @param resetNanos the time until the bucket is full, if no more tokens are taken
/// @param retryNanos the time until a token is available; 0 when allowed
public record Decision(boolean allowed, long remaining, long resetNanos, long retryNanos) {
  /// The time until a retry can succeed.
  public Duration retryAfter() {
    return Duration.ofNanos(retryNanos);
  }
}
