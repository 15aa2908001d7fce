package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/// Learns of every answer that leaves, also of those the server gives itself. Called on event
/// loops: may not wait. Thread-safe.
@FunctionalInterface
public interface RequestObserver {
  /// Watches nothing.
  RequestObserver NONE = (_, _) -> OfRoute.NONE;

  /// What watches one route; asked for once, when the server is built.
  ///
  /// @param method in capitals, `OTHER` for requests that found no route
  /// @param template the path template, `other` for requests that found no route
  OfRoute forRoute(String method, String template);

  /// This observer, and another that watches the same.
  default RequestObserver and(RequestObserver other) {
    return (method, template) -> forRoute(method, template).and(other.forRoute(method, template));
  }

  /// Watches one route.
  @FunctionalInterface
  interface OfRoute {
    /// Watches nothing.
    OfRoute NONE = (_, _, _) -> {};

    /// An answer has left, or the client has.
    ///
    /// @param status what was sent; 499 when the client was gone before
    /// @param nanos from the head of the request to here
    /// @param recorded the trace in which the request was recorded, null when it was not
    void answered(int status, long nanos, @Nullable TraceContext recorded);

    /// Watches with both; costs nothing more where one of them watches nothing.
    private OfRoute and(OfRoute other) {
      if (equals(NONE)) {
        return other;
      }
      if (other.equals(NONE)) {
        return this;
      }
      return (status, nanos, recorded) -> {
        answered(status, nanos, recorded);
        other.answered(status, nanos, recorded);
      };
    }
  }
}
