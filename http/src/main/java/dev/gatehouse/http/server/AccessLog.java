package dev.gatehouse.http.server;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per answer, whose fields are an [AccessLine], the one argument of the event. Answers
/// that tell probes all is well are left out.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("dev.gatehouse.http.access");
  private static final int ALL_IS_WELL = 200;

  /// A gateway and others ask several times a second.
  private static final Set<String> PROBES = Set.of("/health", "/ready");

  private AccessLog() {}

  static boolean tells(String template, int status) {
    return log.isInfoEnabled() && !(status == ALL_IS_WELL && PROBES.contains(template));
  }

  static void answered(AccessLine line) {
    log.info("Answered", line);
  }
}
