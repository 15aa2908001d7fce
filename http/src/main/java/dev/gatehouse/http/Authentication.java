package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds out who is calling where the route asks for it (RFC 6750, 2.1), and whether they may. Tokens are taken from the
/// `Authorization` header alone: in a query they would end up in logs.
final class Authentication implements Filter {
  private static final String SCHEME = "bearer ";

  private final Function<String, Caller> bearers;

  private Authentication(Function<String, Caller> bearers) {
    this.bearers = bearers;
  }

  /// For virtual threads.
  static Authentication waiting(Authenticator authenticator) {
    return new Authentication(authenticator::authenticate);
  }

  /// For the event loop: leaves it when the bearer cannot be told at once.
  static Authentication immediate(Authenticator authenticator) {
    return new Authentication(
        token -> {
          Caller caller = authenticator.recall(token);
          if (caller == null) {
            throw new NotImmediate();
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
