package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/// One line for people: time of day, level, origin, message, `key=value`. The text of an event
/// stays on its line; only stack traces follow on indented lines.
final class TextEncoder implements LineEncoder {
  private static final String OWN = "dev.gatehouse.";
  private static final String PLAIN = "\u001b[0m";

  private final DateTimeFormatter clock;
  private final boolean coloured;

  TextEncoder(ZoneId zone, boolean coloured) {
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    this.coloured = coloured;
  }

  @Override
  public void encode(Entry entry, LineBuffer out) {
    ILoggingEvent event = entry.event();
    var line = new StringBuilder(160);
    clock.formatTo(event.getInstant(), line);
    line.append(' ').append(level(event.getLevel())).append(' ');
    line.append(origin(event.getLoggerName())).append("  ");
    line.append(LogSanitizer.of(String.valueOf(event.getFormattedMessage())));
    EntryFields.of(entry).forEach((key, value) -> appendPair(line, key, value.toString()));
    line.append('\n');
    for (var thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
      appendThrown(line, thrown);
    }
    out.utf8(line.toString());
  }

  private String level(Level level) {
    String word = "%-5s".formatted(level);
    if (!coloured) {
      return word;
    }
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "\u001b[31m" + word + PLAIN;
      case Level.WARN_INT -> "\u001b[33m" + word + PLAIN;
      case Level.INFO_INT -> "\u001b[32m" + word + PLAIN;
      default -> "\u001b[2m" + word + PLAIN;
    };
  }

  private static String origin(String logger) {
    return logger.startsWith(OWN)
        ? logger.substring(OWN.length())
        : logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void appendPair(StringBuilder line, String key, String value) {
    String safe = LogSanitizer.of(value);
    line.append(' ').append(LogSanitizer.of(key)).append('=');
    if (safe.isEmpty()
        || safe.indexOf(' ') >= 0
        || safe.indexOf('"') >= 0
        || safe.indexOf('=') >= 0) {
      line.append('"').append(safe.replace("\"", "\\\"")).append('"');
      return;
    }
    line.append(safe);
  }

  private static void appendThrown(StringBuilder line, IThrowableProxy thrown) {
    line.append("    ").append(thrown.getClassName()).append(": ");
    line.append(LogSanitizer.of(Objects.requireNonNullElse(thrown.getMessage(), ""))).append('\n');
    var frames = thrown.getStackTraceElementProxyArray();
    for (int index = 0; index < frames.length - thrown.getCommonFrames(); index++) {
      line.append("      ").append(frames[index]).append('\n');
    }
  }
}
