package dev.gatehouse.api.access;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Authenticator;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Request;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Identifies bearers (RFC 6750, 2.1) of access tokens whose session has not ended, and of API
/// keys; where the route allows it, API keys also as the secrets of OAuth clients. Tokens are read
/// from the `Authorization` header alone: in a query they would end up in logs. Known from memory
/// are tokens that were verified before, and keys that were used within the last second.
public final class BearerAuthenticator implements Authenticator {
  private static final String SCHEME = "bearer ";

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
  public Caller authenticate(Request request) {
    Optional<String> secret = clientSecret(request);
    return secret.isPresent()
        ? program(ofClient(secret.get(), apiKeys::authenticate))
        : authenticated(bearerToken(request));
  }

  @Override
  public @Nullable Caller recall(Request request) {
    Optional<String> secret = clientSecret(request);
    return secret.isPresent()
        ? ofClient(secret.get(), apiKeys::recall).map(BearerAuthenticator::program).orElse(null)
        : recalled(bearerToken(request));
  }

  static Refusal missing() {
    return new Refusal(ErrorCode.UNAUTHENTICATED, "This call needs a bearer token.");
  }

  static boolean hasAuthorization(Request request) {
    return request.header(HeaderNames.AUTHORIZATION).isPresent();
  }

  private static Optional<String> clientSecret(Request request) {
    boolean accepted =
        request.route().access() instanceof Access access && access.clientCredentials();
    return accepted ? ClientCredentials.secret(request) : Optional.empty();
  }

  /// Looks up the key that a client sent as its secret.
  private static <T> T ofClient(String secret, Function<String, T> keys) {
    if (!ApiKeySecret.isClaimedBy(secret)) {
      throw ClientCredentials.refused();
    }
    try {
      return keys.apply(secret);
    } catch (Refusal unknown) {
      throw ClientCredentials.refused();
    }
  }

  private Caller authenticated(String token) {
    return ApiKeySecret.isClaimedBy(token)
        ? program(apiKeys.authenticate(token))
        : signedIn(tokens.verify(token));
  }

  private @Nullable Caller recalled(String token) {
    return ApiKeySecret.isClaimedBy(token)
        ? apiKeys.recall(token).map(BearerAuthenticator::program).orElse(null)
        : tokens.recall(token).map(this::signedIn).orElse(null);
  }

  private static String bearerToken(Request request) {
    String authorization = request.header(HeaderNames.AUTHORIZATION).orElse("");
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw missing();
    }
    return authorization.substring(SCHEME.length()).strip();
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
