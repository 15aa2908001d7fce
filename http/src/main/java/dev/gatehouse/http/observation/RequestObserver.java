package dev.gatehouse.http.observation;

import org.jspecify.annotations.Nullable;

/// Receives every response that is sent, including those that the server makes itself. Called on
/// event loops; implementations never wait. Thread-safe.
@FunctionalInterface
public interface RequestObserver {
  /// Ignores everything.
  RequestObserver NONE = (_, _) -> OfRoute.NONE;

  /// The observer of one route; called once, when the server is built.
  ///
  /// @param method in capitals, `OTHER` for requests that found no route
  /// @param template the path template, `other` for requests that found no route
  OfRoute forRoute(String method, String template);

  /// Observes one route.
  @FunctionalInterface
  interface OfRoute {
    /// Ignores everything.
    OfRoute NONE = (_, _, _) -> {};

    /// A response has been sent, or the client has left.
    ///
    /// @param status of the response; 499 when the client left before it
    /// @param nanos since the head of the request arrived
    /// @param recorded the trace in which the request was recorded, null when it was not
    void responded(int status, long nanos, @Nullable TraceContext recorded);
  }
}
