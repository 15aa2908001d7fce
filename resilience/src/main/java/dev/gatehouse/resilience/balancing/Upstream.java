package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.balancing.HealthState.Ejected;
import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.Permit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// An instance as the balancer sees it: its circuit breaker, how many calls it has in flight and
/// how they ended. One object for as long as the instance is in the list. Thread-safe.
public final class Upstream<T extends Target> implements Pick<T> {
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LoadBalancer<T> balancer;
  private final CircuitBreaker breaker;
  private volatile T target;
  private volatile OutlierDetector outliers;
  private volatile HealthState health;

  Upstream(
      LoadBalancer<T> balancer,
      CircuitBreaker breaker,
      T target,
      OutlierDetector outliers,
      HealthState health) {
    this.balancer = balancer;
    this.breaker = breaker;
    this.target = target;
    this.outliers = outliers;
    this.health = health;
  }

  /// The instance.
  public T target() {
    return target;
  }

  /// The circuit breaker in front of it.
  public CircuitBreaker breaker() {
    return breaker;
  }

  /// Begins a call to it, if the breaker gives a permit. The caller must end the attempt.
  Optional<Attempt<T>> begin(Function<CircuitBreaker, Optional<Permit>> admission) {
    return admission.apply(breaker).map(this::begun);
  }

  private Attempt<T> begun(Permit permit) {
    inFlight.incrementAndGet();
    return new Attempt<>(this, outliers, permit);
  }

  /// How many calls have begun and not ended.
  public int inFlight() {
    return inFlight.get();
  }

  /// Whether it is out of rotation.
  public boolean ejected() {
    return health instanceof Ejected;
  }

  void ended(CallResult result, OutlierDetector counted) {
    inFlight.decrementAndGet();
    balancer.ended(this, result, counted);
  }

  OutlierDetector outliers() {
    return outliers;
  }

  HealthState health() {
    return health;
  }

  /// A new health with outliers counted again.
  void become(HealthState next, OutlierDetector counted) {
    outliers = counted;
    health = next;
  }

  /// The same instance, described again.
  void describedBy(T described) {
    target = described;
  }

  @Override
  public String toString() {
    return "Upstream[" + target.id() + ", " + inFlight + " in flight, " + health + "]";
  }
}
