package dev.gatehouse.http;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per answer, save for those that tell probes all is well. Holds the template of the path, not the path, since that may name people.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("dev.gatehouse.http.access");
  private static final long NANOS_PER_MICRO = 1_000;
  private static final int ALL_IS_WELL = 200;

  /// A gateway and others ask several times a second.
  private static final Set<String> PROBES = Set.of("/health", "/ready");

  private AccessLog() {}

  static void answered(Exchange exchange, int status, long nanos) {
    if (log.isInfoEnabled() && !(status == ALL_IS_WELL && PROBES.contains(exchange.template()))) {
      write(
          exchange.methodLabel(),
          exchange.template(),
          status,
          nanos,
          exchange.requestId(),
          exchange.client().text());
    }
  }

  static void relayed(Passage passage, String method, int status, long nanos) {
    if (log.isInfoEnabled()) {
      write(
          method,
          MethodObservers.TEMPLATE,
          status,
          nanos,
          passage.requestId(),
          passage.clientAddress());
    }
  }

  private static void write(
      String method, String path, int status, long nanos, String requestId, String client) {
    log.atInfo()
        .addKeyValue("method", method)
        .addKeyValue("path", path)
        .addKeyValue("status", status)
        .addKeyValue("duration_us", nanos / NANOS_PER_MICRO)
        .addKeyValue("request_id", requestId)
        .addKeyValue("client", client)
        .log("Answered");
  }
}
