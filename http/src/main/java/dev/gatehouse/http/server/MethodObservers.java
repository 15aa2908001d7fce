package dev.gatehouse.http.server;

import dev.gatehouse.http.RequestObserver;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who learns of answers to requests that are passed on: known by their method alone, since it is
/// the instances that know the routes. Immutable.
final class MethodObservers {
  static final String TEMPLATE = "relayed";

  private static final List<HttpMethod> METHODS =
      List.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  /// What is to be told of requests with one method.
  record Observed(String method, RequestObserver.OfRoute observer) {}

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
    return new Observed(method, observer.forRoute(method, TEMPLATE));
  }
}
