package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;

/// Reads a user. Thread-safe.
public final class GetUser {
  private final UsersById users;

  public GetUser(UsersById users) {
    this.users = users;
  }

  /// The user of this id.
  ///
  /// @throws Refusal `NOT_FOUND`
  /// @throws Unavailable when the store cannot serve
  public User byId(UserId id) {
    return users.find(id).orElseThrow(Refusal::notFound);
  }

  /// The user a valid token speaks of.
  ///
  /// @throws Refusal `INVALID_TOKEN` when the account was deleted or disabled since it was issued
  /// @throws Unavailable when the store cannot serve
  public User self(UserId id) {
    return users.find(id).filter(User::active).orElseThrow(Refusal::invalidToken);
  }
}
