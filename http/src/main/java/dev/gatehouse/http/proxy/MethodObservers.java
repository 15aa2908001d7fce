package dev.gatehouse.http.proxy;

import dev.gatehouse.http.Route;
import dev.gatehouse.http.observation.RequestObserver;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The observers of proxied requests, which are known by their method alone, since only the
/// instances know the routes. Immutable.
final class MethodObservers {
  private static final List<HttpMethod> METHODS =
      List.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  /// What represents the requests with one method.
  record Observed(Route route, RequestObserver.OfRoute observer) {}

  private final Map<HttpMethod, Observed> byMethod = new HashMap<>();
  private final Observed other;

  MethodObservers(RequestObserver observer) {
    for (HttpMethod method : METHODS) {
      byMethod.put(method, observed(method.name(), observer));
    }
    other = observed("OTHER", observer);
  }

  Observed of(HttpMethod method) {
    return byMethod.getOrDefault(method, other);
  }

  private static Observed observed(String method, RequestObserver observer) {
    Route route = Route.proxied(method);
    return new Observed(route, observer.forRoute(method, route.template()));
  }
}
