package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.gateway.UpstreamListener;
import dev.gatehouse.resilience.CallResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// `gateway_upstream_requests_total{instance,outcome}` and `gateway_upstream_in_flight{instance}`.
public final class GatewayMetrics implements UpstreamListener {
  private static final int MOST_INSTANCES = 100;

  private final MeterRegistry registry;
  private final Meter.MeterProvider<Counter> requests;
  private final BoundedMeters<Upstream> instances;

  /// The meters of one instance.
  private record Upstream(Map<CallResult, Counter> results, AtomicInteger inFlight)
      implements AttemptListener {
    @Override
    public void ended(CallResult result) {
      inFlight.decrementAndGet();
      Counter counter = results.get(result);
      if (counter != null) {
        counter.increment();
      }
    }
  }

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    requests =
        Counter.builder("gateway.upstream.requests")
            .description("Attempts at an instance, by outcome")
            .withRegistry(registry);
    instances = new BoundedMeters<>(MOST_INSTANCES, this::begin, registry::remove);
  }

  @Override
  public AttemptListener began(Instance instance, String method, int before) {
    Upstream upstream = instances.of(instance.id());
    upstream.inFlight().incrementAndGet();
    return upstream;
  }

  /// Sets the instances that are shown; removed ones stay for a few scrapes.
  void follow(Collection<String> ids, long now) {
    instances.keepOnly(ids, now);
  }

  void sweep(long now) {
    instances.sweep(now);
  }

  private Upstream begin(String instance, BoundedMeters.Registration registration) {
    var counters = new EnumMap<CallResult, Counter>(CallResult.class);
    for (CallResult result : CallResult.values()) {
      Counter counter = requests.withTags("instance", instance, "outcome", OutcomeLabel.of(result));
      counters.put(result, counter);
      registration.add(counter);
    }
    var inFlight = new AtomicInteger();
    registration.add(
        Gauge.builder("gateway.upstream.in.flight", inFlight, AtomicInteger::get)
            .description("Attempts at an instance in progress")
            .tag("instance", instance)
            .strongReference(true)
            .register(registry));
    return new Upstream(counters, inFlight);
  }
}
