package dev.gatehouse.accounts.model;

import dev.gatehouse.accounts.error.Unavailable;
import java.time.Duration;
import java.util.List;

/// The store's own account of which users changed lately: what every cache of users is held to, since
/// it tells of each write, whoever made it. Blocks its thread; safe to call from any.
@FunctionalInterface
public interface ChangedUsers {
  /// Whom a write changed or deleted within the last stretch of time, by the store's clock. Every such
  /// write acknowledged before the call is there. What changed earlier may be there too, and a user who
  /// changed twice is there twice, in no particular order. New users are not there.
  ///
  /// @throws Unavailable when the store cannot serve
  List<ChangedUser> within(Duration window);
}
