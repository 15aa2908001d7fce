package dev.gatehouse.resilience.balancing;

import dev.gatehouse.resilience.balancing.HealthState.Ejected;
import java.util.concurrent.atomic.AtomicInteger;

/// An instance as the balancer sees it: how many calls it has in flight and how it answered. One
/// object for as long as the instance is in the list. Thread-safe.
public final class Upstream<T extends Target> implements Pick<T> {
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LoadBalancer<T> balancer;
  private volatile T target;
  private volatile OutlierDetector outliers;
  private volatile HealthState health;

  Upstream(LoadBalancer<T> balancer, T target, OutlierDetector outliers, HealthState health) {
    this.balancer = balancer;
    this.target = target;
    this.outliers = outliers;
    this.health = health;
  }

  /// The instance.
  public T target() {
    return target;
  }

  /// A call to it begins. The caller must end it, by a report or by closing it.
  public Call begin() {
    inFlight.incrementAndGet();
    return new Call(this, outliers);
  }

  /// How many calls have begun and not ended.
  public int inFlight() {
    return inFlight.get();
  }

  /// Whether it is out of rotation.
  public boolean ejected() {
    return health instanceof Ejected;
  }

  void ended(Ending ending, OutlierDetector counted) {
    inFlight.decrementAndGet();
    balancer.ended(this, ending, counted);
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
