package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import java.util.concurrent.locks.ReentrantLock;

/// Passes on what one instance's breaker reports, for as long as the cluster calls through it:
/// calls may end long after their instance has left, and what they make of its breaker concerns no
/// one then.
final class BreakerReports implements CircuitBreakerListener {
  private final ReentrantLock reporting = new ReentrantLock();
  private final String breaker;
  private final CircuitBreakerListener listener;
  private CircuitState reported = CircuitState.CLOSED;
  private volatile boolean ended;

  /// @param breaker its name, that of the instance
  BreakerReports(String breaker, CircuitBreakerListener listener) {
    this.breaker = breaker;
    this.listener = listener;
  }

  /// Passes nothing on any more. The last report is that the breaker is closed, which the next one
  /// of its name will be.
  void end() {
    reporting.lock();
    try {
      ended = true;
      if (reported != CircuitState.CLOSED) {
        listener.changed(breaker, reported, CircuitState.CLOSED);
      }
    } finally {
      reporting.unlock();
    }
  }

  @Override
  public void changed(String name, CircuitState from, CircuitState to) {
    reporting.lock();
    try {
      if (!ended) {
        reported = to;
        listener.changed(name, from, to);
      }
    } finally {
      reporting.unlock();
    }
  }

  @Override
  public void refused(String name) {
    if (!ended) {
      listener.refused(name);
    }
  }
}
