package dev.gatehouse.resilience.breaker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps what a breaker says.
final class RecordedChanges implements CircuitBreakerListener {
  final List<String> changes = new CopyOnWriteArrayList<>();
  final AtomicInteger refusals = new AtomicInteger();

  @Override
  public void changed(String breaker, CircuitState from, CircuitState to) {
    changes.add(breaker + " " + from + " " + to);
  }

  @Override
  public void refused(String breaker) {
    refusals.incrementAndGet();
  }
}
