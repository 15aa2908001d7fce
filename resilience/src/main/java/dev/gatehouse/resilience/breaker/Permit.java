package dev.gatehouse.resilience.breaker;

import dev.gatehouse.resilience.CallResult;
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
    end(CallResult.SUCCESS);
  }

  /// The call failed because of the other side.
  public void failed() {
    end(CallResult.ERROR);
  }

  /// The call ended. A timeout counts as a slow call, whatever it took.
  public void end(CallResult result) {
    if (reported.compareAndSet(false, true)) {
      breaker.conclude(this, result, result == CallResult.TIMEOUT || breaker.isSlow(this));
    }
  }

  /// No response came within the time. If that was long, it counts as a slow call: the other side
  /// may still be working. Otherwise it says nothing about the other side.
  ///
  /// @param enough whether the time was long, even if a slow call takes longer
  /// @return what the call counts as: [CallResult#TIMEOUT] or [CallResult#CANCELLED]
  public CallResult timedOut(boolean enough) {
    CallResult counted = enough || breaker.isSlow(this) ? CallResult.TIMEOUT : CallResult.CANCELLED;
    end(counted);
    return counted;
  }

  /// Gives the permit back unless the call was reported.
  @Override
  public void close() {
    end(CallResult.CANCELLED);
  }

  long startedAt() {
    return startedAt;
  }
}
