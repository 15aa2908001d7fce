package dev.gatehouse.http;

import dev.gatehouse.errors.GatehouseException;

/// Answers a request: plain blocking code on its own virtual thread, with
/// [dev.gatehouse.resilience.Deadline] bound. The thread is interrupted when the time for the
/// request has run out or the client is gone; the answer is then no longer wanted.
@FunctionalInterface
public interface Handler {
  /// The answer.
  ///
  /// @throws GatehouseException turned into a problem response, as is anything else thrown
  Response handle(Request request);
}
