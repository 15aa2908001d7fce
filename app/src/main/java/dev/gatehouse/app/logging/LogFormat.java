package dev.gatehouse.app.logging;

/// The form in which events are written.
public enum LogFormat {
  TEXT,
  JSON
}
