package dev.gatehouse.http;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import org.jspecify.annotations.Nullable;

/// Identifies the caller of a request whose route asks for one. Thread-safe.
@FunctionalInterface
public interface Authenticator {
  /// The caller. May wait for a store; called on virtual threads.
  ///
  /// @throws Refusal when the request proves no identity
  /// @throws Unavailable when a store it needs cannot serve
  Principal authenticate(Request request);

  /// The caller, or null when finding out means waiting. Called on the event loop.
  ///
  /// @throws Refusal when the request proves no identity
  default @Nullable Principal recall(Request request) {
    return null;
  }
}
