package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.balancing.Call;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.Permit;

/// One try at one instance. Reported on or closed exactly as a [Call] is; what is said counts for
/// the balancer and for the instance's breaker alike. Thread-safe.
///
/// @param target whom to call
public record Attempt<T extends Target>(T target, Call call, Permit permit)
    implements AutoCloseable {
  /// The instance did its part.
  public void succeeded() {
    permit.succeeded();
    call.succeeded();
  }

  /// The instance failed.
  public void failed() {
    permit.failed();
    call.failed();
  }

  /// There was no response in the time the attempt had. For the breaker that is a slow call, for
  /// the balancer a failure; where the time was shorter than a slow call and not enough, nothing
  /// can be said.
  ///
  /// @param enough whether the instance had time enough whatever a slow call takes: no one
  ///     impatient it
  public void late(boolean enough) {
    if (permit.late(enough)) {
      call.failed();
    } else {
      call.close();
    }
  }

  /// Nothing can be said about the instance.
  @Override
  public void close() {
    permit.close();
    call.close();
  }
}
