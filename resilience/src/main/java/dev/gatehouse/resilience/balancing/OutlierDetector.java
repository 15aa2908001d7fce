package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.SlidingWindow;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// How calls to an instance ended since it joined or returned. Thread-safe, lock-free.
final class OutlierDetector {
  private static final int CALL = 0;
  private static final int FAILED = 1;

  private final Ejection rules;
  private final SlidingWindow window;
  private final AtomicInteger failuresInARow;

  private OutlierDetector(Ejection rules, int failuresInARow) {
    this.rules = rules;
    this.window = new SlidingWindow(rules.window(), 2);
    this.failuresInARow = new AtomicInteger(failuresInARow);
  }

  static OutlierDetector unblemished(Ejection rules) {
    return new OutlierDetector(rules, 0);
  }

  /// Of one that returns: its next failure in a row is the last.
  static OutlierDetector onProbation(Ejection rules) {
    return new OutlierDetector(rules, rules.consecutiveFailures() - 1);
  }

  void succeeded(long now) {
    if (failuresInARow.get() != 0) {
      failuresInARow.set(0);
    }
    window.add(CALL, now);
  }

  /// Counts a failure.
  ///
  /// @return what the instance must be ejected for
  Optional<EjectionReason> failed(long now) {
    window.add(CALL, now);
    window.add(FAILED, now);
    if (failuresInARow.incrementAndGet() >= rules.consecutiveFailures()) {
      return Optional.of(EjectionReason.CONSECUTIVE_FAILURES);
    }
    long calls = window.sum(CALL, now);
    return calls >= rules.minimumCalls() && window.sum(FAILED, now) >= rules.failureRate() * calls
        ? Optional.of(EjectionReason.FAILURE_RATE)
        : Optional.empty();
  }
}
