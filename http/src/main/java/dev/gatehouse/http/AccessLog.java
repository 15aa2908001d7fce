package dev.gatehouse.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per answer. Holds the template of the path, not the path, since that may name people.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("dev.gatehouse.http.access");
  private static final long NANOS_PER_MICRO = 1_000;

  private AccessLog() {}

  static void answered(Exchange exchange, int status, long nanos) {
    if (!log.isInfoEnabled()) {
      return;
    }
    log.atInfo()
        .addKeyValue("method", exchange.methodLabel())
        .addKeyValue("path", exchange.template())
        .addKeyValue("status", status)
        .addKeyValue("duration_us", nanos / NANOS_PER_MICRO)
        .addKeyValue("request_id", exchange.requestId())
        .addKeyValue("client", exchange.client().text())
        .log("Answered");
  }
}
