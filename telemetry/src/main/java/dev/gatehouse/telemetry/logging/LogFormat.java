package dev.gatehouse.telemetry.logging;

/// The format of the log.
public enum LogFormat {
  TEXT,
  JSON
}
