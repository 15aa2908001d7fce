package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.Unavailable;
import java.time.Duration;
import java.util.function.Consumer;

/// The store's own record of which users changed: what every cache of users is held to, since it
/// contains each write, from whatever source. One reader, which remembers how far it has read.
/// Blocks its thread; safe to call from any.
@FunctionalInterface
public interface ChangedUsers {
  /// Passes on whom a write changed or deleted since the last call that returned normally; at the
  /// first call, at least within the memory. Every such write acknowledged before the call is
  /// there. Earlier changes may be there too, and a user who changed twice may be there twice, in
  /// no particular order. New users are not there. When the listener throws, the same changes come
  /// again.
  ///
  /// @param memory how far back changes matter
  /// @throws Unavailable when the store cannot serve
  void read(Duration memory, Consumer<ChangedUser> listener);
}
