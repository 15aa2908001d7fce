package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.Relay;
import dev.gatehouse.limits.EdgeLimit;
import dev.gatehouse.resilience.fleet.Fleet;
import dev.gatehouse.resilience.fleet.Repeatable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Passes the requests of one event loop on.
final class Forwarder implements Relay {
  static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final CharSequence IDEMPOTENCY_KEY =
      HttpHeaders.createOptimized("idempotency-key");

  /// RFC 9110, 9.2.2.
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.PUT,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS,
          HttpMethod.TRACE);

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
    boolean twiceIsOnce =
        IDEMPOTENT.contains(http.method())
            || (http.method().equals(HttpMethod.POST) && http.headers().contains(IDEMPOTENCY_KEY));
    return twiceIsOnce ? Repeatable.ALWAYS : Repeatable.UNSENT;
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
