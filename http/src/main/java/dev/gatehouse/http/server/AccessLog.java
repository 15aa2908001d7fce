package dev.gatehouse.http.server;

import dev.gatehouse.http.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per response, whose fields are an [AccessLine], the one argument of the event.
/// Responses of quiet routes with status 200 are left out.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("dev.gatehouse.http.access");
  private static final int OK = 200;

  private AccessLog() {}

  static boolean isOn() {
    return log.isInfoEnabled();
  }

  static boolean includes(Route route, int status) {
    return isOn() && !(route.isQuiet() && status == OK);
  }

  static void answered(AccessLine line) {
    log.info("Answered", line);
  }
}
