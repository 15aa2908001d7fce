package dev.gatehouse.http;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.token.AccessTokens;
import java.util.Set;

/// Who sent a request.
public sealed interface Caller {
  /// No one we know, or no one we needed to know.
  Caller ANONYMOUS = new Anonymous();

  /// Sent no token, or to a route that asks for none.
  record Anonymous() implements Caller {}

  /// The bearer of a verified access token whose session has not been revoked.
  record SignedIn(AccessTokens.Claims claims) implements Caller {}

  /// A program with an API key that has not been revoked.
  record ApiKey(ApiKeyId id, Set<Scope> scopes) implements Caller {
    public ApiKey {
      scopes = Set.copyOf(scopes);
    }
  }
}
