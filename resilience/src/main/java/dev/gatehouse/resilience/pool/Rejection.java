package dev.gatehouse.resilience.pool;

import java.time.Duration;

/// Why a task was not done, and when it is worth trying again.
///
/// @param retryAfter the predicted time until a task like it would be admitted if nothing else
///     arrived; at least a millisecond
public record Rejection(Reason reason, Duration retryAfter) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /// Lengthens a shorter wait to a millisecond.
  public Rejection {
    retryAfter = retryAfter.compareTo(SHORTEST) < 0 ? SHORTEST : retryAfter;
  }

  /// The causes there are.
  public enum Reason {
    /// The lane holds as many tasks as it may.
    QUEUE_FULL,
    /// It would end, or has been overtaken so that it would end, later than anybody waits for it.
    WOULD_BE_LATE,
    /// The pool takes no more tasks.
    SHUTTING_DOWN
  }
}
