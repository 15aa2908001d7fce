package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;

/// What every request passes, in this order.
///
/// On the event loop, in [Dispatcher], also when the request is refused on the way:
///  1. [StrictRequestDecoder], [RequestShape]: 400 and the end of the connection for what two parsers
///     could read in two ways
///  2. [RequestIds]: taken from the client or made
///  3. [InFlight]: 503 when there is more than can be held
///  4. [RouteTable]: 404, 405
///  5. [BodyReader]: 415, 413
///  6. the deadline, kept by [Connection]: 504
///
/// Around the handler, on a virtual thread, or on the event loop for an immediate answer:
///  7. [Recovery]: anything thrown becomes a problem response
///  8. the outer filters given to the server, which see every answer of the inner ones, errors too
///  9. [Authentication]: 401, 403
///  10. the inner filters given to the server
///
/// On the event loop, with every answer, in [Exchange]:
///  11. [SecurityHeaders], [WebOrigins], the request id
///  12. [RequestObserver], [AccessLog]: what was really sent, and when
final class FilterChain {
  private final List<Filter> waiting;
  private final List<Filter> immediate;

  private FilterChain(List<Filter> waiting, List<Filter> immediate) {
    this.waiting = waiting;
    this.immediate = immediate;
  }

  /// The chain around handlers, outermost filter first.
  static FilterChain standard(List<Filter> outer, Authenticator authenticator, List<Filter> inner) {
    return new FilterChain(
        filters(outer, Authentication.waiting(authenticator), inner),
        filters(outer, Authentication.immediate(authenticator), inner));
  }

  private static List<Filter> filters(
      List<Filter> outer, Authentication authentication, List<Filter> inner) {
    var filters = new ArrayList<Filter>();
    filters.add(new Recovery());
    filters.addAll(outer);
    filters.add(new Recovery());
    filters.add(authentication);
    filters.addAll(inner);
    return List.copyOf(filters);
  }

  Handler around(Route route, Handler innermost) {
    Handler composed = innermost;
    for (Filter filter : waiting.reversed()) {
      composed = filter.around(route, composed);
    }
    return composed;
  }

  Handler aroundImmediate(Route route, Immediate innermost) {
    Handler composed =
        request -> {
          Response answer = innermost.attempt(request);
          if (answer == null) {
            throw new NotImmediate();
          }
          return answer;
        };
    for (Filter filter : immediate.reversed()) {
      composed = filter.aroundImmediate(route, composed);
    }
    return composed;
  }
}
