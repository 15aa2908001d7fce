package dev.gatehouse.accounts.model;

import dev.gatehouse.accounts.error.Refusal;

/// Says which refresh token follows which. The successor is computed from its parent, not drawn: every
/// instance, asked any number of times, gives the same one, so that a lost answer can be given again
/// without storing a secret. Only a holder of the server's key can compute it. Thread-safe; waits for
/// nothing.
@FunctionalInterface
public interface RefreshTokenChain {
  /// The one token that may replace this one: same session, next generation.
  ///
  /// @throws Refusal `INVALID_TOKEN` for the last generation there can be, which no honest client
  ///     reaches
  RefreshToken successor(RefreshToken parent);
}
