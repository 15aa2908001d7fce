package dev.gatehouse.http;

import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.model.AccessTokens;
import dev.gatehouse.accounts.model.Revocations;

/// Bearers of access tokens whose session has not ended meanwhile.
public final class BearerAuthenticator implements Authenticator {
  private final AccessTokens tokens;
  private final Revocations revocations;

  /// Over the tokens and the sessions that have ended.
  public BearerAuthenticator(AccessTokens tokens, Revocations revocations) {
    this.tokens = tokens;
    this.revocations = revocations;
  }

  @Override
  public Caller authenticate(String token) {
    AccessTokens.Claims claims = tokens.verify(token);
    if (revocations.contains(claims.session())) {
      throw Refusal.invalidToken();
    }
    return new Caller.SignedIn(claims);
  }
}
