package dev.gatehouse.resilience.breaker;

import java.util.concurrent.atomic.AtomicBoolean;

/// Leave for one call to pass a circuit breaker. The caller reports how the call ended; the first
/// report counts, later ones are ignored. Closing without a report gives the permit back and says
/// nothing about the other side.
///
/// A permit that is never reported does no lasting harm: a probe is given back when its time is
/// over, any other is just not counted. Thread-safe.
public final class Permit implements AutoCloseable {
  private final AtomicBoolean reported = new AtomicBoolean();
  private final CircuitBreaker breaker;
  private final long startedAt;

  Permit(CircuitBreaker breaker, long startedAt) {
    this.breaker = breaker;
    this.startedAt = startedAt;
  }

  /// The call got a response that speaks for the other side. Too slow a response still counts
  /// against it.
  public void succeeded() {
    report(false);
  }

  /// The call failed through the other side's fault, time-outs included.
  public void failed() {
    report(true);
  }

  /// No response came in the time there was. If that was long, it counts as a slow call: the other
  /// side may be at work yet. If it was not, it says nothing.
  ///
  /// @param enough whether it was long, also if a slow call takes longer
  /// @return whether it was long
  public boolean late(boolean enough) {
    boolean slow = enough || breaker.isSlow(this);
    if (reported.compareAndSet(false, true)) {
      breaker.conclude(this, slow ? Verdict.SUCCEEDED_SLOWLY : Verdict.ABANDONED);
    }
    return slow;
  }

  /// Gives the permit back unless the call was reported.
  @Override
  public void close() {
    if (reported.compareAndSet(false, true)) {
      breaker.conclude(this, Verdict.ABANDONED);
    }
  }

  private void report(boolean failed) {
    if (reported.compareAndSet(false, true)) {
      breaker.conclude(this, Verdict.of(failed, breaker.isSlow(this)));
    }
  }

  long startedAt() {
    return startedAt;
  }
}
