package dev.gatehouse.http.server;

import dev.gatehouse.http.Authentication;
import dev.gatehouse.http.Authenticator;
import dev.gatehouse.http.FastPath;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.WouldBlock;
import java.util.ArrayList;
import java.util.List;

/// What every request passes, in this order.
///
/// On the event loop, in [Dispatcher], also when the request is refused on the way: 1.
/// [StrictRequestDecoder], [RequestValidation]: 400 and the end of the connection for what two
/// parsers
///     could read in two ways
///  2. [RequestIds]: taken from the client or made
///  3. [ConcurrencyLimit]: 503 when there is more than can be held
///  4. [RouteTable]: 404, 405
///  5. [BodyReader]: 415, 413
///  6. the deadline, kept by [Connection]: 504
///
/// Around the handler, on a virtual thread, or on the event loop for an immediate answer:
///  7. [ErrorFilter]: anything thrown becomes a problem response
///  8. the outer filters given to the server, which see every answer of the inner ones, errors too
///  9. [Authentication]: 401, 403
///  10. the inner filters given to the server
///
/// On the event loop, with every answer, in [Exchange]:
///  11. [SecurityHeaders], [CorsPolicy], the request id
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
    filters.add(new ErrorFilter());
    filters.addAll(outer);
    filters.add(new ErrorFilter());
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

  Handler aroundImmediate(Route route, FastPath innermost) {
    Handler composed =
        request -> {
          Response answer = innermost.attempt(request);
          if (answer == null) {
            throw new WouldBlock();
          }
          return answer;
        };
    for (Filter filter : immediate.reversed()) {
      composed = filter.aroundImmediate(route, composed);
    }
    return composed;
  }
}
