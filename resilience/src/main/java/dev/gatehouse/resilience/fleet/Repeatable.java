package dev.gatehouse.resilience.fleet;

/// When a request may be sent once more.
public enum Repeatable {
  /// Doing it twice is the same as doing it once: an idempotent method, or a key that makes it so.
  ALWAYS,
  /// Only when nothing of it was sent.
  UNSENT
}
