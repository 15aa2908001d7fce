package dev.gatehouse.http.server;

import dev.gatehouse.http.Authentication;
import dev.gatehouse.http.Authenticator;
import dev.gatehouse.http.FastPath;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.WouldBlock;
import dev.gatehouse.http.internal.ErrorFilter;
import java.util.ArrayList;
import java.util.List;

/// The filters around each handler. Every request passes these steps in this order:
///
/// On the event loop, also when the request is refused on the way:
///
///  1. [StrictRequestDecoder], [RequestAcceptor]: 400 and the end of the connection for what two
///     parsers could read in two ways
///  2. [RouteDispatcher]: 404, 405
///  3. [BodyValidation]: 415, 413
///  4. [ConcurrencyLimit]: 503 when there is more than can be held
///  5. [Exchange]: reads the body, and starts the handler under a deadline: 504
///
/// Around the handler, on a virtual thread, or on the event loop for an immediate response:
///
///  6. [ErrorFilter]: anything thrown becomes an error response
///  7. the outer filters given to the server, which see every response of the inner ones
///     and error responses
///  8. [Authentication]: 401, 403
///  9. the inner filters given to the server
///
/// On the event loop, with every response, in [ActiveRequest]:
///
///  10. [ResponseHead]: the request id, [SecurityHeaders], [CorsPolicy]
///  11. `RequestObserver`, `AccessLog`: what was really sent, and when
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
          Response response = innermost.attempt(request);
          if (response == null) {
            throw new WouldBlock();
          }
          return response;
        };
    for (Filter filter : immediate.reversed()) {
      composed = filter.aroundImmediate(route, composed);
    }
    return composed;
  }
}
