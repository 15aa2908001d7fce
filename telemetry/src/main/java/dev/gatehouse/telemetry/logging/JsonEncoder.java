package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.gatehouse.http.observation.AccessLine;
import java.util.Map;
import java.util.Set;

/// One JSON object a line: `timestamp`, `level`, `logger`, `thread`, `message`, `stack_trace` of an
/// exception, and the fields of the entry. Each name appears once, whatever a caller logs.
final class JsonEncoder implements LineEncoder {
  private static final Set<String> RESERVED =
      Set.of("timestamp", "level", "logger", "thread", "message", "stack_trace");

  private final Timestamps timestamps = new Timestamps();

  @Override
  public void encode(Entry entry, LineBuffer line) {
    ILoggingEvent event = entry.event();
    line.ascii("{\"timestamp\":\"");
    timestamps.append(event.getInstant(), line);
    line.ascii("\",\"level\":\"").ascii(event.getLevel().toString());
    line.ascii("\",\"logger\":").quoted(event.getLoggerName());
    line.ascii(",\"thread\":").quoted(event.getThreadName());
    line.ascii(",\"message\":").quoted(String.valueOf(event.getFormattedMessage()));
    AccessLine access = entry.access();
    if (access == null) {
      appendFields(EntryFields.of(entry), line);
    } else {
      append(access, line);
    }
    if (event.getThrowableProxy() != null) {
      line.ascii(",\"stack_trace\":");
      line.quoted(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    line.ascii("}\n");
  }

  /// Written directly, because each request has such a line.
  private static void append(AccessLine access, LineBuffer line) {
    line.ascii(",\"method\":").quoted(access.method());
    line.ascii(",\"path\":").quoted(access.path());
    line.ascii(",\"status\":").number(access.status());
    line.ascii(",\"duration_us\":").number(access.micros());
    line.ascii(",\"request_id\":").quoted(access.requestId());
    line.ascii(",\"trace_id\":\"");
    line.hex(access.trace().traceIdHigh()).hex(access.trace().traceIdLow());
    line.ascii("\",\"span_id\":\"").hex(access.trace().spanIdBits());
    line.ascii("\",\"client\":").quoted(access.client());
  }

  private static void appendFields(Map<String, Object> fields, LineBuffer line) {
    fields.forEach(
        (key, value) -> {
          line.append(',').quoted(RESERVED.contains(key) ? key + "_" : key).append(':');
          append(value, line);
        });
  }

  private static void append(Object value, LineBuffer line) {
    switch (value) {
      case Integer number -> line.number(number);
      case Long number -> line.number(number);
      case Double number when Double.isFinite(number) -> line.ascii(number.toString());
      case Boolean truth -> line.ascii(truth.toString());
      default -> line.quoted(value.toString());
    }
  }
}
