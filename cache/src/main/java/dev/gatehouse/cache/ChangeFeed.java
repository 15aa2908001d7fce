package dev.gatehouse.cache;

import java.time.Duration;
import java.util.Collection;

/// The store's own account of what changed lately: what a cache is held to. It comes from the store
/// and not from Redis because a writer that is cut off from Redis can tell nobody there, while what
/// it wrote is in the store for all to see. Blocks; thread-safe.
///
/// It is read four times a second, and should not have to wait for what requests wait for, such as a
/// connection of their pool: when the store is busy, a feed that comes late sends yet more readers
/// there.
@FunctionalInterface
public interface ChangeFeed {
  /// What was changed or deleted within the last stretch of time, by the store's clock. Every
  /// write acknowledged before the call is there. What changed earlier may be there too, and a thing
  /// that changed twice may be there twice.
  ///
  /// @throws dev.gatehouse.accounts.error.Unavailable when the store cannot serve
  Collection<Change> changedWithin(Duration window);

  /// A change.
  ///
  /// @param key what changed
  /// @param version the version it has now; [#DELETED] when it is gone for ever
  record Change(String key, long version) {
    /// The version of what is gone: above all others.
    public static final long DELETED = Long.MAX_VALUE;
  }
}
