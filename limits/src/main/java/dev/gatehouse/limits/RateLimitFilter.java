package dev.gatehouse.limits;

import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.WouldBlock;
import java.util.List;
import java.util.function.Function;

/// Limits the requests of each address and adds the remaining tokens to every response. Runs
/// outside authentication, so that guesses of tokens are limited too. Takes one token of each limit
/// of the route per request, however often the request passes.
public final class RateLimitFilter implements Filter {
  private final RateLimits limits;
  private final RefusalRecord record;

  public RateLimitFilter(RateLimits limits, RefusalRecord record) {
    this.limits = limits;
    this.record = record;
  }

  @Override
  public Handler around(Route route, Handler next) {
    List<RateLimit> applying = applying(route);
    return limited(applying, next, request -> Verdict.of(applying, request.clientNetwork()));
  }

  @Override
  public Handler aroundImmediate(Route route, Handler next) {
    List<RateLimit> applying = applying(route);
    return limited(applying, next, request -> atOnce(applying, request));
  }

  private Handler limited(List<RateLimit> applying, Handler next, Function<Request, Verdict> take) {
    if (applying.isEmpty()) {
      return next;
    }
    String policy = RateLimitHeaders.policy(applying);
    return request -> {
      Verdict verdict = request.once(Verdict.class, take);
      Response response =
          verdict.decision().allowed() ? next.handle(request) : refusal(verdict, request);
      return response
          .withHeader(RateLimitHeaders.POLICY, policy)
          .withHeader(RateLimitHeaders.STATE, RateLimitHeaders.state(verdict));
    };
  }

  private static Verdict atOnce(List<RateLimit> applying, Request request) {
    Verdict verdict = Verdict.atOnce(applying, request.clientNetwork());
    if (verdict == null) {
      throw new WouldBlock();
    }
    return verdict;
  }

  private List<RateLimit> applying(Route route) {
    return route.limits().stream().map(limits::of).toList();
  }

  private Response refusal(Verdict verdict, Request request) {
    record.refused(verdict.limit(), request.clientNetwork(), origin(request));
    Unavailable limited = Unavailable.rateLimited(verdict.decision().retryAfter());
    return Response.error(limited, request);
  }

  private static Origin origin(Request request) {
    return new Origin(request.clientAddress(), request.userAgent(), request.requestId());
  }
}
