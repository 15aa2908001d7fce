package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.errors.Refusal;

/// Creates refresh tokens and determines the successor of each. A successor is computed from its
/// parent instead of drawn at random: every instance computes the same one, so that a lost response
/// can be repeated without storing a secret. Only a holder of the server's key can compute it.
/// Thread-safe; never blocks.
public interface RefreshTokenChain {
  /// A session's first token: 256 random bits.
  RefreshToken first(SessionId session);

  /// The one token that may replace this one: same session, next generation.
  ///
  /// @throws Refusal `INVALID_TOKEN` after the highest possible generation, which no honest client
  ///     reaches
  RefreshToken successor(RefreshToken parent);

  /// Whether this exact token was issued; compares in constant time.
  boolean isGenuine(RefreshToken token);
}
