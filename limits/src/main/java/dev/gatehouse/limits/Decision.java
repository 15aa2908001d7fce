package dev.gatehouse.limits;

import java.time.Duration;

/// Whether a token was to be had. Immutable.
///
/// @param remaining the tokens left, 0 when refused
/// @param resetNanos how long until the bucket is full again if no one takes any
/// @param retryNanos how long until there is a token again; 0 when allowed
public record Decision(boolean allowed, long remaining, long resetNanos, long retryNanos) {
  /// How long to wait before another attempt is worth while.
  public Duration retryAfter() {
    return Duration.ofNanos(retryNanos);
  }
}
