package dev.gatehouse.http.internal;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.errors.WrongCode;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.ProblemResponses;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.WouldBlock;
import dev.gatehouse.http.eventloop.Faults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The outermost filter: whatever is thrown becomes an error response in the form of the route and,
/// when it is not the client's fault, one line in the log. A stack overflow ends here like any
/// other fault, as this frame is at the bottom of the stack.
public final class ErrorFilter implements Filter {
  private static final Logger log = LoggerFactory.getLogger(ErrorFilter.class);

  @Override
  public Handler around(Route route, Handler next) {
    return request -> {
      try {
        return next.handle(request);
      } catch (WouldBlock later) {
        throw later;
      } catch (Throwable thrown) {
        return response(thrown, route, request.requestId());
      }
    };
  }

  /// The response to anything thrown.
  static Response response(Throwable thrown, Route route, String requestId) {
    GatehouseException error =
        thrown instanceof GatehouseException known
            ? known
            : new Fault("A handler threw something unexpected.", thrown);
    log(error, route, requestId);
    return ProblemResponses.of(error, route, requestId);
  }

  private static void log(GatehouseException error, Route route, String requestId) {
    switch (error) {
      case Refusal _, WrongCode _, InvalidFields _ -> {}
      case Unavailable unavailable -> {
        if (unavailable.getCause() != null) {
          log.atWarn()
              .addKeyValue("request_id", requestId)
              .addKeyValue("path", route.template())
              .addKeyValue("code", unavailable.code())
              .addKeyValue("cause", unavailable.getCause().toString())
              .log("Unavailable");
        }
      }
      case Fault fault ->
          Faults.describe(log.atError(), fault)
              .addKeyValue("request_id", requestId)
              .addKeyValue("path", route.template())
              .log("Fault");
    }
  }
}
