package dev.gatehouse.telemetry;

import dev.gatehouse.discovery.DiscoveryListener;
import dev.gatehouse.telemetry.metrics.DiscoveryMetrics;
import dev.gatehouse.telemetry.tracing.Tracing;
import java.net.URI;
import java.util.function.BiConsumer;

/// Counts instances, and records calls of the registry.
record TracedDiscovery(DiscoveryMetrics metrics, Tracing tracing) implements DiscoveryListener {
  @Override
  public void serving(String service, int confirmed, int remembered) {
    metrics.serving(service, confirmed, remembered);
  }

  @Override
  public void following(String service, boolean following) {
    metrics.following(service, following);
  }

  @Override
  public void registered(String instance, boolean registered) {
    metrics.registered(instance, registered);
  }

  @Override
  public Call calling(String method, URI url, BiConsumer<String, String> header) {
    return tracing.calling(method, url, header);
  }
}
