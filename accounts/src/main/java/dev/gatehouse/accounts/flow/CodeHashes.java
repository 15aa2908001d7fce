package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.id.FlowId;

/// Keyed hashes of codes. A code has few digits, so a plain hash of one is found by trial; the key
/// of these is not in a readable form in the store. Every instance computes the same hash, also
/// after a change of the secret key. Never blocks; thread-safe.
@FunctionalInterface
public interface CodeHashes {
  /// The hash of a code of this flow; the same code of another flow has another hash.
  SecretHash of(FlowId flow, FlowCode code);
}
