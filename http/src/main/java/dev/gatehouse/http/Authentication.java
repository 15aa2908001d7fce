package dev.gatehouse.http;

import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling where the route asks for it (RFC 6750, 2.1), and whether they may.
/// Tokens are taken from the `Authorization` header alone: in a query they would end up in logs.
public final class Authentication implements Filter {
  private static final String SCHEME = "bearer ";
  private static final CharSequence BOTH = "Bearer, " + ClientCredentials.CHALLENGE;

  private final Function<String, Caller> bearers;

  private Authentication(Function<String, Caller> bearers) {
    this.bearers = bearers;
  }

  /// For virtual threads.
  public static Authentication waiting(Authenticator authenticator) {
    return new Authentication(authenticator::authenticate);
  }

  /// For the event loop: leaves it when the bearer cannot be told at once.
  public static Authentication immediate(Authenticator authenticator) {
    return new Authentication(
        token -> {
          Caller caller = authenticator.recall(token);
          if (caller == null) {
            throw new WouldBlock();
          }
          return caller;
        });
  }

  @Override
  public Handler around(Route route, Handler next) {
    Access access = route.access();
    if (access.open()) {
      return next;
    }
    return request -> {
      if (access.clientCredentials()) {
        Optional<Response> refused = refusedClient(request);
        if (refused.isPresent()) {
          return refused.get();
        }
      }
      identify(request);
      if (!access.permits(request)) {
        throw new Refusal(ErrorCode.FORBIDDEN, "This call is not for you.");
      }
      return next.handle(request);
    };
  }

  static Refusal missing() {
    return new Refusal(ErrorCode.UNAUTHENTICATED, "This call needs a bearer token.");
  }

  /// Identifies a client, or anyone who sends a bearer token. A refusal names the schemes that
  /// there are.
  ///
  /// @return the answer to a client that is refused
  private Optional<Response> refusedClient(Request request) {
    Optional<String> secret = Optional.empty();
    try {
      secret = ClientCredentials.secret(request);
      if (secret.isPresent()) {
        identifyClient(request, secret.get());
      }
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.INVALID_CREDENTIALS) {
        throw refusal;
      }
      return Optional.of(challenge(refusal, ClientCredentials.CHALLENGE, request));
    }
    boolean silent = secret.isEmpty() && request.header(HeaderNames.AUTHORIZATION).isEmpty();
    return silent ? Optional.of(challenge(missing(), BOTH, request)) : Optional.empty();
  }

  private void identifyClient(Request request, String secret) {
    if (!ApiKeySecret.isClaimedBy(secret)) {
      throw ClientCredentials.refused();
    }
    try {
      request.identify(bearers.apply(secret));
    } catch (Refusal unknown) {
      throw ClientCredentials.refused();
    }
  }

  private static Response challenge(Refusal refusal, CharSequence challenge, Request request) {
    return ProblemResponses.challenging(refusal, challenge, request.requestId());
  }

  private void identify(Request request) {
    if (request.caller() instanceof Caller.Anonymous) {
      String token = bearerToken(request.header(HeaderNames.AUTHORIZATION).orElse(null));
      request.identify(bearers.apply(token));
    }
  }

  private static String bearerToken(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw missing();
    }
    return authorization.substring(SCHEME.length()).strip();
  }
}
