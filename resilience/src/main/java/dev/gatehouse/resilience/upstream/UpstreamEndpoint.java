package dev.gatehouse.resilience.upstream;

import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import java.util.Optional;

/// An instance with the breaker in front of it.
///
/// @param reports of the breaker
record UpstreamEndpoint<T extends Target>(T target, CircuitBreaker breaker, BreakerReports reports)
    implements Target {
  /// The same instance, described again.
  UpstreamEndpoint<T> describedBy(T described) {
    return new UpstreamEndpoint<>(described, breaker, reports);
  }

  /// Whether the instance has not been started again since.
  boolean isRunOf(Target described) {
    return incarnation().equals(described.incarnation());
  }

  /// The cluster no longer calls it.
  void leave() {
    reports.end();
  }

  @Override
  public String id() {
    return target.id();
  }

  @Override
  public String incarnation() {
    return target.incarnation();
  }

  @Override
  public Optional<String> zone() {
    return target.zone();
  }

  @Override
  public int weight() {
    return target.weight();
  }
}
