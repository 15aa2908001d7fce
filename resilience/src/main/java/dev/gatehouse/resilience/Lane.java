package dev.gatehouse.resilience;

/// The queue of a [WorkerPool] in which a task waits.
public enum Lane {
  /// First come, first served, and before all deferred tasks.
  REGULAR,
  /// Served only with what the regular lane leaves over.
  DEFERRED
}
