package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/// The running log. Closing it writes the queued events, within a bounded time.
public final class Logging implements AutoCloseable {
  private static final String ROOT = "ROOT";
  private static final String OWN = "dev.gatehouse";
  private static final int QUEUE = 8192;
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final LoggerContext context;

  private Logging(LoggerContext context) {
    this.context = context;
  }

  /// Directs all logs to a stream.
  ///
  /// @param coloured whether the text form may use colours
  public static Logging start(
      LogFormat format, LogLevel level, OutputStream out, boolean coloured) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var encoder = encoder(format, coloured);
    var appender = new QueuedAppender(encoder, out, QUEUE, FLUSH);
    appender.setContext(context);
    appender.start();
    context.getLogger(ROOT).setLevel(level.libraries());
    context.getLogger(OWN).setLevel(level.own());
    context.getLogger(LoggedAuditLog.LOGGER).setLevel(Level.INFO);
    context.getLogger(ROOT).addAppender(appender);
    return new Logging(context);
  }

  private static LineEncoder encoder(LogFormat format, boolean coloured) {
    return switch (format) {
      case TEXT -> new TextEncoder(ZoneId.systemDefault(), coloured);
      case JSON -> new JsonEncoder();
    };
  }

  @Override
  public void close() {
    context.reset();
    context.getLogger(ROOT).setLevel(Level.OFF);
  }
}
