package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.http.proxy.ProxiedExchange;
import dev.gatehouse.http.proxy.ProxyHandler;
import dev.gatehouse.limits.EdgeLimit;
import dev.gatehouse.resilience.upstream.Idempotency;
import dev.gatehouse.resilience.upstream.UpstreamCluster;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;

/// Passes the requests of one event loop on.
final class ReverseProxy implements ProxyHandler {
  static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized(Idempotency.KEY);

  private final UpstreamCluster<Instance> cluster;
  private final Upstreams upstreams;
  private final Optional<EdgeLimit> limit;
  private final int bufferedBody;
  private final UpstreamListener listener;

  ReverseProxy(
      UpstreamCluster<Instance> cluster,
      Upstreams upstreams,
      Optional<EdgeLimit> limit,
      int bufferedBody,
      UpstreamListener listener) {
    this.cluster = cluster;
    this.upstreams = upstreams;
    this.limit = limit;
    this.bufferedBody = bufferedBody;
    this.listener = listener;
  }

  @Override
  public void take(ProxiedExchange exchange) {
    var refusal = limit.flatMap(it -> it.refusal(exchange.clientNetwork(), exchange.requestId()));
    if (refusal.isPresent()) {
      exchange.respond(refusal.get());
      return;
    }
    new ProxyRequest(this, exchange, cluster.begin(repeatable(exchange.http()))).begin();
  }

  private static Idempotency repeatable(HttpServerRequest http) {
    return Idempotency.of(http.method().name(), http.headers().contains(IDEMPOTENCY_KEY));
  }

  Upstreams upstreams() {
    return upstreams;
  }

  int bufferedBody() {
    return bufferedBody;
  }

  UpstreamListener listener() {
    return listener;
  }

  Duration retryAfter() {
    Duration known = cluster.retryAfter();
    return known.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : known;
  }
}
