package dev.gatehouse.cache;

import java.time.Duration;
import java.util.function.Consumer;

/// The changes recorded by the store, which the cache relies on. They come from the store and not
/// from Redis, because a writer without Redis cannot publish there, while its writes are visible in
/// the store. For one reader, which remembers its position. Blocks; thread-safe.
///
/// It is read four times a second and should not wait for resources of requests, such as
/// connections of their pool: a late feed would cause even more reads of a busy store.
@FunctionalInterface
public interface ChangeFeed {
  /// Reports what was changed or deleted since the last successful call; the first call covers at
  /// least the memory. It contains every write acknowledged before the call. It may also contain
  /// earlier changes and repetitions.
  ///
  /// @param memory how far back changes are relevant
  /// @throws dev.gatehouse.errors.Unavailable when the store cannot serve
  void read(Duration memory, Consumer<Change> listener);

  /// A change.
  ///
  /// @param key what changed
  /// @param version the new version; [#DELETED] after a deletion
  record Change(String key, long version) {
    /// The version of a deletion, above all others.
    public static final long DELETED = Long.MAX_VALUE;
  }
}
