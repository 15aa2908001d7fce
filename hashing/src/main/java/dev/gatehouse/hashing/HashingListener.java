package dev.gatehouse.hashing;

import dev.gatehouse.resilience.pool.WorkerPoolListener;

/// Receives the duration of hashes and the rejections of the worker pool. [WorkerPoolListener]
/// names the threads of the calls.
public interface HashingListener extends WorkerPoolListener {
  /// Ignores every event.
  HashingListener NONE = new HashingListener() {};

  /// A hash is requested; called on the thread of the caller, which then waits.
  default Passage asked(Operation operation) {
    return Passage.NONE;
  }

  /// A hash was computed.
  ///
  /// @param nanos the duration without the time in the queue
  default void hashed(Operation operation, long nanos) {}

  /// The purpose of a hash.
  enum Operation {
    /// To store it.
    HASH,
    /// To compare it with a stored hash, or with a dummy.
    VERIFY
  }

  /// Observes one hash.
  interface Passage {
    /// Ignores every event.
    Passage NONE = new Passage() {};

    /// A worker starts; called on its thread.
    default void began() {}

    /// The worker has ended, with or without success; called on its thread.
    default void ended() {}

    /// The caller no longer waits: it has its hash, was refused or was interrupted; called on its
    /// thread. The worker may still start or end after that.
    default void left() {}
  }
}
