package dev.gatehouse.http;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.errors.Refusal;
import org.jspecify.annotations.Nullable;

/// Bearers of access tokens whose session has not ended meanwhile, and of API keys. Told from
/// memory are tokens that were verified before, and keys that were used within the last second.
public final class BearerAuthenticator implements Authenticator {
  private final AccessTokens tokens;
  private final Revocations revocations;
  private final AuthenticateApiKey apiKeys;

  /// Over the tokens, the sessions that have ended, and the keys.
  public BearerAuthenticator(
      AccessTokens tokens, Revocations revocations, AuthenticateApiKey apiKeys) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.apiKeys = apiKeys;
  }

  @Override
  public Caller authenticate(String token) {
    return ApiKeySecret.isClaimedBy(token)
        ? program(apiKeys.authenticate(token))
        : signedIn(tokens.verify(token));
  }

  @Override
  public @Nullable Caller recall(String token) {
    return ApiKeySecret.isClaimedBy(token)
        ? apiKeys.recall(token).map(BearerAuthenticator::program).orElse(null)
        : tokens.recall(token).map(this::signedIn).orElse(null);
  }

  private Caller signedIn(AccessTokens.Claims claims) {
    if (revocations.contains(claims.session())) {
      throw Refusal.invalidToken();
    }
    return new Caller.SignedIn(claims);
  }

  private static Caller program(ApiKey key) {
    return new Caller.ApiKey(key.id(), key.scopes());
  }
}
