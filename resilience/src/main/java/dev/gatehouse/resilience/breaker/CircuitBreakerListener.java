package dev.gatehouse.resilience.breaker;

/// Is notified of what a circuit breaker does, for metrics and logs. Called on the thread of the
/// call that caused it, after the fact; must return at once. What it throws reaches that call, the
/// breaker's state is already consistent.
public interface CircuitBreakerListener {
  /// Ignores all events.
  CircuitBreakerListener NONE =
      new CircuitBreakerListener() {
        @Override
        public void changed(String breaker, CircuitState from, CircuitState to) {}

        @Override
        public void refused(String breaker) {}
      };

  /// The breaker went from one state to another. From OPEN to OPEN does not occur.
  void changed(String breaker, CircuitState from, CircuitState to);

  /// A call was refused.
  void refused(String breaker);
}
