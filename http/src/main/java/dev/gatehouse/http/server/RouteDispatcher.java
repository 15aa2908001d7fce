package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.ProblemResponses;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.RouteTable;
import dev.gatehouse.http.internal.Connection;
import dev.gatehouse.http.internal.Dispatcher;
import dev.gatehouse.http.internal.Target;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/// Finds the route of each request. Immutable; shared by the event loops.
final class RouteDispatcher implements Dispatcher<Exchange> {
  private final RouteTable routes;
  private final int maxBody;

  /// @param maxBody the most bytes of a body where the route sets no limit
  RouteDispatcher(RouteTable routes, int maxBody) {
    this.routes = routes;
    this.maxBody = maxBody;
  }

  @Override
  public Exchange open(HttpServerRequest http, Connection connection, Target target) {
    return new Exchange(http, connection, target, routes.other());
  }

  @Override
  public void dispatch(Exchange exchange) {
    var path = routes.find(exchange.target().path());
    if (path == null) {
      throw Refusal.notFound();
    }
    var match = path.match(exchange.http().method().name());
    if (match == null) {
      exchange.respond(otherMethod(exchange, path));
      return;
    }
    exchange.receive(match, match.route().maxBody().orElse(maxBody));
  }

  private static Response otherMethod(Exchange exchange, RouteTable.Path path) {
    HttpServerRequest http = exchange.http();
    if (http.method().equals(HttpMethod.OPTIONS)) {
      exchange.found(path.options());
      String template = path.options().route().template();
      return exchange.context().cors().options(http.headers(), path.allowed(), template);
    }
    var refusal = new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "This method is not for this address.");
    return ProblemResponses.of(refusal, exchange.requestId())
        .withHeader(HeaderNames.ALLOW, path.allowed());
  }
}
