package dev.gatehouse.resilience.breaker;

/// What a circuit breaker does with calls.
public enum CircuitState {
  /// Admits all and watches how they fare.
  CLOSED,
  /// Refuses all until some time has passed.
  OPEN,
  /// Admits one call at a time as a probe and refuses the rest.
  HALF_OPEN
}
