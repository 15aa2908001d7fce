package dev.gatehouse.api.access;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Principal;
import dev.gatehouse.http.Request;
import java.util.Set;

/// A caller who has proved an identity.
public sealed interface Caller extends Principal {
  /// The bearer of a verified access token whose session has not been revoked.
  record SignedIn(AccessTokens.Claims claims) implements Caller {}

  /// A program with an API key that has not been revoked.
  record ApiKey(ApiKeyId id, Set<Scope> scopes) implements Caller {
    public ApiKey {
      scopes = Set.copyOf(scopes);
    }
  }

  /// The identified caller of a request.
  ///
  /// @throws Refusal `UNAUTHENTICATED` when the caller is not identified
  static Caller of(Request request) {
    if (request.principal() instanceof Caller caller) {
      return caller;
    }
    throw BearerAuthenticator.missing();
  }

  /// The claims of the signed-in user.
  ///
  /// @throws Refusal `UNAUTHENTICATED` when the caller is not identified, `FORBIDDEN` when it is a
  ///     program
  static AccessTokens.Claims signedIn(Request request) {
    return switch (of(request)) {
      case SignedIn(AccessTokens.Claims claims) -> claims;
      case ApiKey _ ->
          throw new Refusal(ErrorCode.FORBIDDEN, "This call is for users, not for programs.");
    };
  }
}
