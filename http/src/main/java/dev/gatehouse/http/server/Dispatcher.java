package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Methods;
import dev.gatehouse.http.ProblemResponses;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.RouteTable;
import dev.gatehouse.http.TraceContext;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/// Takes each request from its head to its route, on the event loop. One for each loop.
final class Dispatcher implements RequestAcceptor {
  private static final byte[] NO_BODY = {};

  private final RouteTable routes;
  private final RequestIds requestIds;
  private final RequestTraces traces;
  private final ClientAddresses clientAddresses;
  private final ConcurrencyLimit inFlight;
  private final int maxBody;

  Dispatcher(
      RouteTable routes,
      RequestIds requestIds,
      RequestTraces traces,
      ClientAddresses clientAddresses,
      ConcurrencyLimit inFlight,
      int maxBody) {
    this.routes = routes;
    this.requestIds = requestIds;
    this.traces = traces;
    this.clientAddresses = clientAddresses;
    this.inFlight = inFlight;
    this.maxBody = maxBody;
  }

  @Override
  public void take(HttpServerRequest http, Connection connection, Target target) {
    Exchange exchange = begin(http, connection);
    try {
      dispatch(exchange, target);
    } catch (RuntimeException | Error thrown) {
      exchange.recover(thrown);
    }
  }

  @Override
  public void refuse(HttpServerRequest http, Connection connection, Refusal refusal, int status) {
    Exchange exchange = begin(http, connection);
    exchange.answer(ProblemResponses.of(refusal, status, exchange.requestId()));
  }

  private Exchange begin(HttpServerRequest http, Connection connection) {
    TraceContext trace = traces.of(http.headers());
    var exchange =
        new Exchange(
            http,
            connection,
            requestIds.of(http.headers().get(HeaderNames.REQUEST_ID)),
            clientAddresses.of(http.headers(), connection),
            trace,
            traces.begin(trace),
            routes.other());
    connection.begin(exchange);
    return exchange;
  }

  private void dispatch(Exchange exchange, Target target) {
    HttpServerRequest http = exchange.http();
    boolean hasBody = RequestValidation.announcesBody(http.headers());
    if (!hasBody) {
      exchange.bodyRead();
    }
    if (target.isServer()) {
      exchange.answer(Methods.ofServer());
      return;
    }
    var path = routes.find(target.path());
    if (path == null) {
      throw Refusal.notFound();
    }
    var match = path.match(http.method().name());
    if (match == null) {
      exchange.answer(otherMethod(exchange, path));
      return;
    }
    exchange.found(match.operation());
    var pending = new Pending(exchange, target, match);
    if (!hasBody) {
      pending.run(NO_BODY, inFlight);
      return;
    }
    int limit = match.route().maxBody().orElse(maxBody);
    BodyReader.checkHead(http, match.route(), limit);
    ConcurrencyLimit.Permit place = exchange.enter(inFlight);
    new BodyReader(exchange, place, limit, body -> pending.run(body, inFlight)).read();
  }

  private static Response otherMethod(Exchange exchange, RouteTable.Path path) {
    HttpServerRequest http = exchange.http();
    if (http.method().equals(HttpMethod.OPTIONS)) {
      exchange.found(path.options());
      String template = path.options().route().template();
      return Connection.of(http).all().origins().options(http.headers(), path.allowed(), template);
    }
    var refusal = new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "This method is not for this address.");
    return ProblemResponses.of(refusal, exchange.requestId())
        .withHeader(HeaderNames.ALLOW, path.allowed());
  }
}
