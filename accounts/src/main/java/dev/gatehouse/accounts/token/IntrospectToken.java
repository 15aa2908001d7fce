package dev.gatehouse.accounts.token;

import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.errors.Refusal;
import java.util.Optional;

/// Tells other services whether an access token is good (RFC 7662), the end of its session
/// included, which they cannot see from the token. Refresh tokens and API keys are none of theirs
/// to accept, so they are not good. Thread-safe; works from memory.
public final class IntrospectToken {
  private final AccessTokens tokens;
  private final Revocations revocations;

  public IntrospectToken(AccessTokens tokens, Revocations revocations) {
    this.tokens = tokens;
    this.revocations = revocations;
  }

  /// What a good token says; empty for every other text, whatever is wrong with it.
  public Optional<AccessTokens.Claims> introspect(String token) {
    try {
      return Optional.of(tokens.verify(token))
          .filter(claims -> !revocations.contains(claims.session()));
    } catch (Refusal notGood) {
      return Optional.empty();
    }
  }
}
