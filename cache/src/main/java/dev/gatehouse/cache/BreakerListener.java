package dev.gatehouse.cache;

/// Is told when the circuit breaker around Redis changes its state, for metrics and logs. Must be
/// quick, thread-safe, and not throw.
@FunctionalInterface
public interface BreakerListener {
  /// Hears nothing.
  BreakerListener NONE = _ -> {};

  /// The breaker is in another state from now on.
  void changed(State state);

  /// What a breaker lets through.
  enum State {
    /// Everything.
    CLOSED,
    /// Nothing.
    OPEN,
    /// A few probes, none of them a request's.
    HALF_OPEN
  }
}
