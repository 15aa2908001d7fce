package dev.gatehouse.http;

/// Learns of every answer that leaves, also of those the server gives itself. Called on event loops:
/// may not wait. Thread-safe.
public interface RequestObserver {
  /// Watches nothing.
  RequestObserver NONE = (_, _) -> (_, _) -> {};

  /// What watches one route; asked for once, when the server is built.
  ///
  /// @param method in capitals, `OTHER` for requests that found no route
  /// @param template the path template, `other` for requests that found no route
  OfRoute forRoute(String method, String template);

  /// Watches one route.
  interface OfRoute {
    /// An answer has left, or the client has.
    ///
    /// @param status what was sent; 499 when the client was gone before
    /// @param nanos from the head of the request to here
    void answered(int status, long nanos);
  }
}
