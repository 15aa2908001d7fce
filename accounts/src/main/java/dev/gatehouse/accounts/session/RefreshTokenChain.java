package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.errors.Refusal;

/// Makes refresh tokens, and says which follows which. A successor is computed from its parent, not
/// drawn: every instance, asked any number of times, gives the same one, so that a lost answer can
/// be given again without storing a secret. Only a holder of the server's key can compute it.
/// Thread-safe; waits for nothing.
public interface RefreshTokenChain {
  /// A session's first token: 256 random bits.
  RefreshToken first(SessionId session);

  /// The one token that may replace this one: same session, next generation.
  ///
  /// @throws Refusal `INVALID_TOKEN` for the last generation there can be, which no honest client
  ///     reaches
  RefreshToken successor(RefreshToken parent);

  /// Whether this very token was once issued; compares in constant time.
  boolean isGenuine(RefreshToken token);
}
