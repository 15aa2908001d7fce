package dev.gatehouse.resilience.pool;

/// The queue of a [WorkerPool] in which a task waits.
public enum QueuePriority {
  /// First come, first served, and before all deferred tasks.
  REGULAR,
  /// Served only with what the regular lane leaves over.
  DEFERRED
}
