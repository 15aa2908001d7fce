package dev.gatehouse.hashing;

import dev.gatehouse.resilience.WorkerPoolListener;

/// Hears how long hashes take and what the worker pool refuses. See [WorkerPoolListener] for the
/// threads it is called on.
public interface HashingListener extends WorkerPoolListener {
  /// Hears nothing.
  HashingListener NONE = new HashingListener() {};

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
}
