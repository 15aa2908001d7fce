package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.breaker.Permit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One call to one instance, in flight until its end is reported or it is closed. The first report
/// counts, later ones are ignored; it counts for the instance's circuit breaker and for its
/// ejection. Thread-safe.
public final class Attempt<T extends Target> implements AutoCloseable {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Upstream<T> upstream;
  private final T target;
  private final OutlierDetector counted;
  private final Permit permit;

  /// @param counted what the call will count towards: one that began before the instance was
  ///     ejected says nothing about it after its return
  Attempt(Upstream<T> upstream, OutlierDetector counted, Permit permit) {
    this.upstream = upstream;
    this.target = upstream.target();
    this.counted = counted;
    this.permit = permit;
  }

  /// The instance to call, as it was described when the attempt began.
  public T target() {
    return target;
  }

  /// The same instance as the balancer knows it.
  public Upstream<T> upstream() {
    return upstream;
  }

  /// The instance did its part; a rejection of the request on its merits is also that.
  public void succeeded() {
    end(CallResult.SUCCESS);
  }

  /// The instance failed.
  public void failed() {
    end(CallResult.ERROR);
  }

  /// Ends the attempt.
  public void end(CallResult result) {
    if (ended.compareAndSet(false, true)) {
      permit.end(result);
      upstream.ended(result, counted);
    }
  }

  /// There was no response in the time that the attempt had: a slow call for the breaker, a failure
  /// for the balancer. A time shorter than a slow call says nothing unless it was enough.
  ///
  /// @param enough whether the instance had enough time, however long a slow call takes: the caller
  ///     was not in a hurry
  public void timedOut(boolean enough) {
    if (ended.compareAndSet(false, true)) {
      upstream.ended(permit.timedOut(enough), counted);
    }
  }

  /// Ends the attempt, if it has not ended, without a result for the instance.
  @Override
  public void close() {
    end(CallResult.CANCELLED);
  }
}
