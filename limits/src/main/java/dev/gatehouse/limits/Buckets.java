package dev.gatehouse.limits;

import org.jspecify.annotations.Nullable;

/// The buckets of one limit, one for each key, initially full. Thread-safe: concurrent callers
/// never take more tokens than there are.
@FunctionalInterface
public interface Buckets {
  /// Takes a token from the bucket of a key, if there is one. May wait a few milliseconds for other
  /// instances.
  ///
  /// @param key represents an address or an account, see [Keys]
  Decision take(long key);

  /// The same without waiting, for event loops: returns null and takes no token when memory cannot
  /// decide.
  default @Nullable Decision takeAtOnce(long key) {
    return null;
  }
}
