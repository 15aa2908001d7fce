package dev.gatehouse.api.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.Optional;
import java.util.function.Function;

/// Users in the form in which they are sent, for those who only read: what is seen is at most a
/// second old. Thread-safe.
public final class UserDocuments {
  private final Function<UserId, Optional<UserDocument>> find;
  private final Function<UserId, Optional<UserDocument>> peek;

  /// @param find the document of a user, if there is one; may wait for the store
  /// @param peek the document, if it is in memory; never waits
  public UserDocuments(
      Function<UserId, Optional<UserDocument>> find,
      Function<UserId, Optional<UserDocument>> peek) {
    this.find = find;
    this.peek = peek;
  }

  /// The user of this id.
  ///
  /// @throws Refusal `NOT_FOUND`
  /// @throws Unavailable when the store is needed and cannot serve
  public UserDocument byId(UserId id) {
    return find.apply(id).orElseThrow(Refusal::notFound);
  }

  /// The user a valid token speaks of.
  ///
  /// @throws Refusal `INVALID_TOKEN` when the account was deleted or disabled since it was issued
  /// @throws Unavailable when the store is needed and cannot serve
  public UserDocument self(UserId id) {
    return find.apply(id).filter(UserDocument::active).orElseThrow(Refusal::invalidToken);
  }

  /// The user of this id, if it is in memory. Never waits; empty says nothing about whether there
  /// is such a user.
  public Optional<UserDocument> peek(UserId id) {
    return peek.apply(id);
  }

  /// The user a valid token speaks of, if it is in memory.
  public Optional<UserDocument> peekSelf(UserId id) {
    return peek(id).filter(UserDocument::active);
  }
}
