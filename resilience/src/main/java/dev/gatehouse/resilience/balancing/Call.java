package dev.gatehouse.resilience.balancing;

import java.util.concurrent.atomic.AtomicBoolean;

/// One call to an instance, in flight until it is reported or closed. The first report counts,
/// later ones are ignored. Thread-safe.
public final class Call implements AutoCloseable {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Upstream<?> upstream;
  private final OutlierDetector counted;

  /// @param counted what the call will count towards: one that began before the instance was
  ///     ejected says nothing about it after its return
  Call(Upstream<?> upstream, OutlierDetector counted) {
    this.upstream = upstream;
    this.counted = counted;
  }

  /// The instance did its part; a refusal of the request on its merits is also that.
  public void succeeded() {
    end(Ending.SUCCEEDED);
  }

  /// The instance failed: no connection, no response in time, a broken response, or its own error.
  public void failed() {
    end(Ending.FAILED);
  }

  /// Ends the call, if it has not ended, without a word about the instance: the client left.
  @Override
  public void close() {
    end(Ending.ABANDONED);
  }

  private void end(Ending ending) {
    if (ended.compareAndSet(false, true)) {
      upstream.ended(ending, counted);
    }
  }
}
