package dev.gatehouse.http.internal;

import dev.gatehouse.http.Route;
import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.http.observation.AccessLine;
import dev.gatehouse.http.observation.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per response, whose fields are an [AccessLine], the one argument of the event.
/// Responses of quiet routes with status 200 are left out.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("dev.gatehouse.http.access");
  private static final int OK = 200;
  private static final long NANOS_PER_MICRO = 1_000;

  private AccessLog() {}

  static boolean includes(Route route, int status) {
    return log.isInfoEnabled() && !(route.isQuiet() && status == OK);
  }

  static void write(
      Route route,
      int status,
      long nanos,
      String requestId,
      ClientAddress client,
      TraceContext trace) {
    log.info(
        "Request completed",
        new AccessLine(
            route.method(),
            route.template(),
            status,
            nanos / NANOS_PER_MICRO,
            requestId,
            client.text(),
            trace));
  }
}
