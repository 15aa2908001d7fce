package dev.gatehouse.telemetry.logging;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Security events in the structured log, independent of its level.
public final class LoggedAuditLog implements AuditLog {
  static final String LOGGER = "gatehouse.audit";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);

  @Override
  public void record(AuditEvent event) {
    log.atInfo()
        .addKeyValue("event", event.kind().label())
        .addKeyValue("actor", event.actor())
        .addKeyValue("subject", event.subject())
        .addKeyValue("ip", event.origin().ip())
        .addKeyValue("request_id", event.origin().requestId())
        .log("Security event");
  }
}
