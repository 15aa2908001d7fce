package dev.gatehouse.http;

import dev.gatehouse.errors.GatehouseException;

/// Responds to a request: plain blocking code on its own virtual thread, with
/// [dev.gatehouse.resilience.Deadline] bound. The thread is interrupted when the time for the
/// request has run out or the client has left; the response is then discarded.
@FunctionalInterface
public interface Handler {
  /// The response.
  ///
  /// @throws GatehouseException turned into a problem response, as is anything else thrown
  Response handle(Request request);
}
