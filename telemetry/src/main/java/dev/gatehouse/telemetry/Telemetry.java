package dev.gatehouse.telemetry;

import dev.gatehouse.discovery.DiscoveryListener;
import dev.gatehouse.gateway.UpstreamListener;
import dev.gatehouse.hashing.HashingListener;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.postgres.database.StatementListener;
import dev.gatehouse.telemetry.metrics.Metrics;
import dev.gatehouse.telemetry.tracing.Tracing;
import java.util.List;
import java.util.Optional;

/// The listeners of the parts of one instance. Without a collector the listeners do not trace, so
/// that tracing costs nothing.
///
/// @param tracing empty where no collector is configured
public record Telemetry(Metrics metrics, Optional<Tracing> tracing) {
  /// Observes the requests of the API server.
  public HttpServer.Builder watch(HttpServer.Builder server) {
    server.observer(metrics.requests());
    tracing.ifPresent(
        recording -> server.tracer(recording.requests()).filters(List.of(recording.useCases())));
    return server;
  }

  /// The spans of requests, for its own server without routes.
  public RequestTracer requests() {
    return tracing.map(Tracing::requests).orElse(RequestTracer.NONE);
  }

  /// For the workers that hash passwords.
  public HashingListener hashing() {
    return tracing
        .<HashingListener>map(recording -> new TracedHashing(metrics.hashing(), recording))
        .orElseGet(metrics::hashing);
  }

  /// For the database.
  public StatementListener statements() {
    return tracing.map(Tracing::statements).orElse(StatementListener.NONE);
  }

  /// For the client of Redis.
  public io.lettuce.core.tracing.Tracing redis() {
    return tracing.map(Tracing::redis).orElseGet(io.lettuce.core.tracing.Tracing::disabled);
  }

  /// For the gateway's attempts at instances.
  public UpstreamListener upstreams() {
    return tracing
        .map(recording -> metrics.gateway().and(recording.upstreams()))
        .orElseGet(metrics::gateway);
  }

  /// For the service registry.
  public DiscoveryListener discovery() {
    return tracing
        .<DiscoveryListener>map(recording -> new TracedDiscovery(metrics.discovery(), recording))
        .orElseGet(metrics::discovery);
  }
}
