package dev.gatehouse.resilience.pool;

/// Receives the outcome of each task of a pool. Called on the worker's or the caller's thread,
/// outside of any lock; must be quick and thread-safe. What it throws goes to the thread's uncaught
/// exception handler and harms neither the pool nor the task. The depth of the queue is not an
/// event but a reading: [WorkerPool#load()].
public interface WorkerPoolListener {
  /// Ignores everything.
  WorkerPoolListener NONE = new WorkerPoolListener() {};

  /// A task was rejected, on arrival or later.
  default void rejected(Rejection.Reason reason) {}

  /// A task was taken out of the queue because its caller had left.
  default void dropped() {}

  /// A task ran and ended, with a result or an exception.
  ///
  /// @param nanos how long it ran, its time in the queue not included
  default void completed(long nanos) {}
}
