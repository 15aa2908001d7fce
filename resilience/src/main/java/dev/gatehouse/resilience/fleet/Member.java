package dev.gatehouse.resilience.fleet;

import dev.gatehouse.resilience.balancing.Target;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import java.util.Optional;

/// An instance with the breaker in front of it.
record Member<T extends Target>(T target, CircuitBreaker breaker) implements Target {
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
