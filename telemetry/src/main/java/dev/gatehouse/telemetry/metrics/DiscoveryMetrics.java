package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.discovery.DiscoveryListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// `discovery_instances{service,status}`: `confirmed` by the registry's last response, or
/// `remembered` from an earlier one.
public final class DiscoveryMetrics implements DiscoveryListener {
  private static final int MOST_SERVICES = 16;
  private static final String NAME = "discovery.instances";

  private final MeterRegistry registry;
  private final BoundedMeters<Instances> services;

  private static final class Instances {
    private volatile int confirmed;
    private volatile int remembered;

    int confirmed() {
      return confirmed;
    }

    int remembered() {
      return remembered;
    }
  }

  DiscoveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    services = new BoundedMeters<>(MOST_SERVICES, this::begin, registry::remove);
  }

  @Override
  public void serving(String service, int confirmed, int remembered) {
    Instances instances = services.of(service);
    instances.confirmed = confirmed;
    instances.remembered = remembered;
  }

  @Override
  public void following(String service, boolean following) {}

  @Override
  public void registered(String instance, boolean registered) {}

  private Instances begin(String service, BoundedMeters.Registration registration) {
    var instances = new Instances();
    registration.add(
        gauge(service, "confirmed", Gauge.builder(NAME, instances, Instances::confirmed)));
    registration.add(
        gauge(service, "remembered", Gauge.builder(NAME, instances, Instances::remembered)));
    return instances;
  }

  private Gauge gauge(String service, String status, Gauge.Builder<Instances> gauge) {
    return gauge
        .description("Instances of a service that receive requests")
        .tag("service", service)
        .tag("status", status)
        .strongReference(true)
        .register(registry);
  }
}
