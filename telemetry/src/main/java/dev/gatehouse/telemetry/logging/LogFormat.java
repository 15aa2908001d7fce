package dev.gatehouse.telemetry.logging;

/// The form in which events are written.
public enum LogFormat {
  TEXT,
  JSON
}
