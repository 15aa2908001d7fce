package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Unavailable;
import java.util.Optional;

/// Users to be read one by one: the store itself, or a memory of it. Safe to call from any thread.
@FunctionalInterface
public interface UsersById {
  /// The user of this id.
  ///
  /// @throws Unavailable when no one can tell
  Optional<User> find(UserId id);
}
