package dev.gatehouse.cache;

import java.time.Duration;
import java.util.Optional;

/// A cache of values. It is never needed for a correct result: a cache that is down, slow or broken
/// acts as empty, so no method throws for being unavailable.
///
/// Entries have a version, and an older one never replaces a newer one: a slow loader cannot undo
/// the write of a faster one. All methods are thread-safe. A thread sees its own writes; the
/// implementation defines when others see them.
public interface Cache {
  /// The entry of a key.
  Optional<Entry> get(String key);

  /// Stores an entry for a time, unless a higher version is stored or [#invalidate] has excluded
  /// this version.
  ///
  /// @param ttl at least a millisecond
  void set(String key, Entry entry, Duration ttl);

  /// Removes the entry of a key.
  void delete(String key);

  /// Removes entries older than a version and rejects them for at least a minute, which is longer
  /// than any load that could still store one.
  ///
  /// @param version the oldest permitted version
  void invalidate(String key, long version);
}
