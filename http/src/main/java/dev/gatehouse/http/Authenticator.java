package dev.gatehouse.http;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import org.jspecify.annotations.Nullable;

/// Tells who the bearer of a token is. Thread-safe.
@FunctionalInterface
public interface Authenticator {
  /// The bearer. May wait for a store; called on virtual threads.
  ///
  /// @param token what followed `Bearer` in the request
  /// @throws Refusal `INVALID_TOKEN`
  /// @throws Unavailable when a store it needs cannot serve
  Caller authenticate(String token);

  /// The bearer, or null when that cannot be told without waiting. Called on the event loop.
  ///
  /// @throws Refusal `INVALID_TOKEN`
  default @Nullable Caller recall(String token) {
    return null;
  }
}
