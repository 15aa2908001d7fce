package dev.gatehouse.http;

import dev.gatehouse.errors.GatehouseException;

/// Gives the error responses of a route their form, such as a page for browsers. Called on event
/// loops too: may not wait. Thread-safe.
@FunctionalInterface
public interface ErrorRenderer {
  /// Problem responses (RFC 9457).
  ErrorRenderer PROBLEM = ProblemResponses::problem;

  /// Renders an error. The server adds `Retry-After` and `WWW-Authenticate` where the error needs
  /// them; when this method throws, the client receives a problem response instead.
  ///
  /// @param status the status of the response
  /// @param requestId of the request that failed, for the client to quote
  Response render(GatehouseException error, int status, String requestId);
}
