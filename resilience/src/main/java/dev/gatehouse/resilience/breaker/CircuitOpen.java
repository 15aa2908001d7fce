package dev.gatehouse.resilience.breaker;

import java.time.Duration;

/// A call was not made because the circuit breaker in front of it refuses. Carries no stack trace.
public final class CircuitOpen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  CircuitOpen(String breaker, Duration retryAfter) {
    super("circuit breaker " + breaker + " refuses calls", null, false, false);
    this.retryAfter = retryAfter;
  }

  /// How long until a call may pass again; zero when that depends on calls under way.
  public Duration retryAfter() {
    return retryAfter;
  }
}
