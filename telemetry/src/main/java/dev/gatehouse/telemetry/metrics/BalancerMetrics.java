package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.resilience.balancing.BalancerListener;
import dev.gatehouse.resilience.balancing.EjectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

/// `gateway_upstream_changes_total{instance,change}` and `gateway_panics_total`.
public final class BalancerMetrics implements BalancerListener {
  private static final int MOST_INSTANCES = 100;

  private final MeterRegistry registry;
  private final BoundedMeters<Changes> instances;

  private record Changes(Counter ejected, Counter returned) {}

  BalancerMetrics(MeterRegistry registry) {
    this.registry = registry;
    instances = new BoundedMeters<>(MOST_INSTANCES, this::begin, registry::remove);
  }

  @Override
  public void ejected(String instance, EjectionReason reason, Duration length) {
    count(instance, Changes::ejected);
  }

  @Override
  public void returned(String instance) {
    count(instance, Changes::returned);
  }

  @Override
  public void panicked(boolean panicking) {
    if (panicking) {
      panics().increment();
    }
  }

  /// Sets the instances that are shown; removed ones stay for a few scrapes.
  void follow(Collection<String> ids, long now) {
    panics();
    instances.keepOnly(ids, now);
  }

  void sweep(long now) {
    instances.sweep(now);
  }

  private void count(String instance, Function<Changes, Counter> change) {
    Changes shown = instances.find(instance);
    if (shown != null) {
      change.apply(shown).increment();
    }
  }

  private Changes begin(String instance, BoundedMeters.Registration registration) {
    return new Changes(
        counter(instance, "ejected", registration), counter(instance, "returned", registration));
  }

  private Counter counter(String instance, String change, BoundedMeters.Registration registration) {
    Counter counter =
        Counter.builder("gateway.upstream.changes")
            .description("How often an instance was ejected from the rotation and returned")
            .tag("instance", instance)
            .tag("change", change)
            .register(registry);
    registration.add(counter);
    return counter;
  }

  private Counter panics() {
    return Counter.builder("gateway.panics")
        .description("How often all instances were ejected, so that all were used")
        .register(registry);
  }
}
