package dev.gatehouse.resilience.fleet;

import dev.gatehouse.resilience.balancing.Call;
import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.Permit;

/// One try at one instance. Reported on or closed exactly as a [Call] is; what is said counts for the
/// balancer and for the instance's breaker alike. Thread-safe.
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

  /// Nothing can be said about the instance.
  @Override
  public void close() {
    permit.close();
    call.close();
  }
}
