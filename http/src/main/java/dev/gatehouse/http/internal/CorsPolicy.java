package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The web pages whose scripts may read responses (Fetch standard, "CORS protocol"): none, or those
/// of exactly these origins. Never with credentials, since there are no cookies and bearer tokens
/// need no permission of that kind. Thread-safe.
public final class CorsPolicy {
  static final CorsPolicy NONE = new CorsPolicy(Set.of());

  private static final CharSequence ORIGIN = HttpHeaders.ORIGIN;
  private static final CharSequence VARY = HttpHeaders.VARY;
  private static final CharSequence REQUESTED_METHOD = HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD;
  private static final CharSequence REQUEST_HEADERS =
      HttpHeaders.createOptimized(
          "authorization, content-type, if-match, if-none-match, idempotency-key, x-request-id,"
              + " x-request-timeout-ms, traceparent, tracestate");
  private static final CharSequence EXPOSED_HEADERS =
      HttpHeaders.createOptimized(
          "allow, cache-control, date, etag, location, ratelimit, ratelimit-policy,"
              + " retry-after, www-authenticate, x-request-id");
  private static final CharSequence TEN_MINUTES = HttpHeaders.createOptimized("600");

  private final Set<String> allowed;
  private final RejectedPreflights rejected = new RejectedPreflights(System::nanoTime);

  /// Exactly these.
  ///
  /// @param allowed as browsers write them, such as `https://app.example.com`
  CorsPolicy(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /// Adds the headers by which a browser decides whether the page may read this response.
  void addTo(MultiMap response, MultiMap request) {
    if (allowed.isEmpty()) {
      return;
    }
    response.add(VARY, ORIGIN);
    String origin = permitted(request);
    if (origin != null) {
      response.add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
    }
  }

  /// The response to `OPTIONS`: what may be done with the address, and with which headers from a
  /// page.
  ///
  /// @param methods those of the address
  /// @param template the address
  public Response options(MultiMap request, String methods, String template) {
    Response response = Response.noContent().withHeader(HeaderNames.ALLOW, methods);
    if (!request.contains(REQUESTED_METHOD)) {
      return response;
    }
    if (permitted(request) == null) {
      rejected.log(request.get(ORIGIN), request.get(REQUESTED_METHOD), template);
      return response;
    }
    return response
        .withHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
        .withHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
        .withHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
  }

  private @Nullable String permitted(MultiMap request) {
    String origin = request.get(ORIGIN);
    return origin != null && allowed.contains(origin) ? origin : null;
  }
}
