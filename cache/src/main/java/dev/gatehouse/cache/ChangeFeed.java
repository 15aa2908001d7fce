package dev.gatehouse.cache;

import java.time.Duration;
import java.util.function.Consumer;

/// The store's own record of what changed: what a cache is held to. It comes from the store and not
/// from Redis because a writer that is cut off from Redis cannot announce anything there, while
/// what it wrote is in the store for all to see. One reader, which remembers how far it has read.
/// Blocks; thread-safe.
///
/// It is read four times a second, and should not have to wait for what requests wait for, such as
/// a connection of their pool: when the store is busy, a feed that comes late sends yet more
/// readers there.
@FunctionalInterface
public interface ChangeFeed {
  /// Passes on what was changed or deleted since the last call that returned normally; at the first
  /// call, at least within the memory. Every write acknowledged before the call is there. Earlier
  /// changes may be there too, and a thing that changed twice may be there twice.
  ///
  /// @param memory how far back changes matter
  /// @throws dev.gatehouse.errors.Unavailable when the store cannot serve
  void read(Duration memory, Consumer<Change> listener);

  /// A change.
  ///
  /// @param key what changed
  /// @param version the version it has now; [#DELETED] when it is gone for good
  record Change(String key, long version) {
    /// The version of what is gone: above all others.
    public static final long DELETED = Long.MAX_VALUE;
  }
}
