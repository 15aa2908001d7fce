package dev.gatehouse.hashing;

import dev.gatehouse.resilience.pool.WorkerPoolListener;

/// Hears how long hashes take and what the worker pool refuses. See [WorkerPoolListener] for the
/// threads it is called on.
public interface HashingListener extends WorkerPoolListener {
  /// Hears nothing.
  HashingListener NONE = new HashingListener() {};

  /// A hash is asked for, on the thread of the caller, which then waits for it.
  default Passage asked(Operation operation) {
    return Passage.NONE;
  }

  /// A hash was computed.
  ///
  /// @param nanos how long it took, its time in the queue not included
  default void hashed(Operation operation, long nanos) {}

  /// What a hash was computed for.
  enum Operation {
    /// To be stored.
    HASH,
    /// To be compared with a stored one, or with nothing.
    VERIFY
  }

  /// Follows one hash on its way through the workers.
  interface Passage {
    /// Follows nothing.
    Passage NONE = new Passage() {};

    /// A worker begins; on the worker's thread.
    default void began() {}

    /// The worker has ended, in whatever way; on the worker's thread.
    default void ended() {}

    /// The caller waits no longer, since it has its hash, was refused or stopped; on its own
    /// thread. The worker may still begin or end after that.
    default void left() {}
  }
}
