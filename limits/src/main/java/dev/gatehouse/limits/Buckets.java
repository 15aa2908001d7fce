package dev.gatehouse.limits;

import org.jspecify.annotations.Nullable;

/// The buckets of one limit, one for each key, full when first asked for. Thread-safe: of any
/// number of takers at once no more are allowed than there are tokens.
@FunctionalInterface
public interface Buckets {
  /// Takes a token of the key's bucket, if there is one. May wait for other instances' sake, some
  /// milliseconds at most.
  ///
  /// @param key represents an address or an account, see [Keys]
  Decision take(long key);

  /// The same without waiting, for event loops: null, and no token is taken, when it cannot be
  /// decided from memory.
  default @Nullable Decision takeAtOnce(long key) {
    return null;
  }
}
