package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.Level;

/// The least weight an event must have to be written.
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR;

  Level own() {
    return Level.valueOf(name());
  }

  /// Libraries tell more than an operator intends to know: one step less of them.
  Level libraries() {
    return switch (this) {
      case TRACE -> Level.DEBUG;
      case DEBUG -> Level.INFO;
      case INFO, WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }
}
