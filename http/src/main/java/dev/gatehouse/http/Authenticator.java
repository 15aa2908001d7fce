package dev.gatehouse.http;

import dev.gatehouse.accounts.error.Refusal;

/// Tells who the bearer of a token is. Thread-safe; answers from memory, since it is called on the
/// event loop.
@FunctionalInterface
public interface Authenticator {
  /// The bearer.
  ///
  /// @param token what followed `Bearer` in the request
  /// @throws Refusal `INVALID_TOKEN`
  Caller authenticate(String token);
}
