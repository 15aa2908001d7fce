package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.Level;

/// The lowest level of events that are written.
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR;

  Level own() {
    return Level.valueOf(name());
  }

  /// Libraries log at one level higher, since operators need less detail of them.
  Level libraries() {
    return switch (this) {
      case TRACE -> Level.DEBUG;
      case DEBUG -> Level.INFO;
      case INFO, WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }
}
