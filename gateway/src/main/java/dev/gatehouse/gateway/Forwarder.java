package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.Relay;
import dev.gatehouse.limits.EdgeLimit;
import dev.gatehouse.resilience.fleet.Fleet;
import dev.gatehouse.resilience.fleet.Repeatable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;

/// Passes the requests of one event loop on.
final class Forwarder implements Relay {
  static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized(Repeatable.KEY);

  private final Fleet<Instance> fleet;
  private final Upstreams upstreams;
  private final Optional<EdgeLimit> limit;
  private final int heldBody;
  private final UpstreamListener listener;

  Forwarder(
      Fleet<Instance> fleet,
      Upstreams upstreams,
      Optional<EdgeLimit> limit,
      int heldBody,
      UpstreamListener listener) {
    this.fleet = fleet;
    this.upstreams = upstreams;
    this.limit = limit;
    this.heldBody = heldBody;
    this.listener = listener;
  }

  @Override
  public void take(Passage passage) {
    var refusal = limit.flatMap(it -> it.refusal(passage.clientNetwork(), passage.requestId()));
    if (refusal.isPresent()) {
      passage.answer(refusal.get());
      return;
    }
    new Forwarding(this, passage, fleet.begin(repeatable(passage.http()))).begin();
  }

  private static Repeatable repeatable(HttpServerRequest http) {
    return Repeatable.of(http.method().name(), http.headers().contains(IDEMPOTENCY_KEY));
  }

  Upstreams upstreams() {
    return upstreams;
  }

  int heldBody() {
    return heldBody;
  }

  UpstreamListener listener() {
    return listener;
  }

  Duration retryAfter() {
    Duration known = fleet.retryAfter();
    return known.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : known;
  }
}
