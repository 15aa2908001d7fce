package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling where the route asks for it (RFC 6750, 2.1). Tokens are taken from the
/// `Authorization` header alone: in a query they would end up in logs.
final class Authentication implements Filter {
  private static final String SCHEME = "bearer ";

  private final Authenticator authenticator;

  Authentication(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public Handler around(Route route, Handler next) {
    return switch (route.access()) {
      case PUBLIC -> next;
      case AUTHENTICATED ->
          request -> {
            authenticate(request);
            return next.handle(request);
          };
    };
  }

  static Refusal missing() {
    return new Refusal(ErrorCode.UNAUTHENTICATED, "This call needs a bearer token.");
  }

  private void authenticate(Request request) {
    if (request.caller() instanceof Caller.Anonymous) {
      String token = bearerToken(request.header(HeaderNames.AUTHORIZATION).orElse(null));
      request.identify(authenticator.authenticate(token));
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
