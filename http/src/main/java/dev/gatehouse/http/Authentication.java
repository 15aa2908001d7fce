package dev.gatehouse.http;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.util.function.Function;

/// Identifies the caller where the guard of the route asks for it, and refuses callers whom the
/// guard does not permit.
public final class Authentication implements Filter {
  private final Function<Request, Principal> callers;

  private Authentication(Function<Request, Principal> callers) {
    this.callers = callers;
  }

  /// For virtual threads.
  public static Authentication waiting(Authenticator authenticator) {
    return new Authentication(authenticator::authenticate);
  }

  /// For the event loop: leaves it when identifying the caller means waiting.
  public static Authentication immediate(Authenticator authenticator) {
    return new Authentication(
        request -> {
          Principal caller = authenticator.recall(request);
          if (caller == null) {
            throw new WouldBlock();
          }
          return caller;
        });
  }

  @Override
  public Handler around(Route route, Handler next) {
    Guard guard = route.access();
    if (guard.open()) {
      return next;
    }
    return request -> {
      try {
        identify(request);
      } catch (Refusal refusal) {
        return challenge(refusal, guard, request);
      }
      if (!guard.permits(request)) {
        throw new Refusal(ErrorCode.FORBIDDEN, "This call is not for you.");
      }
      return next.handle(request);
    };
  }

  private void identify(Request request) {
    if (request.principal().equals(Principal.ANONYMOUS)) {
      request.identify(callers.apply(request));
    }
  }

  private static Response challenge(Refusal refusal, Guard guard, Request request) {
    CharSequence challenge = guard.challenge(refusal, request);
    if (challenge == null) {
      throw refusal;
    }
    return ProblemResponses.challenging(refusal, challenge, request.route(), request.requestId());
  }
}
