package dev.gatehouse.api.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.UsersById;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.Optional;

/// Users in the form in which they are sent, for those who only read: what is seen is at most a
/// second old. Thread-safe.
public interface UserDocuments {
  /// The user's document.
  ///
  /// @throws Unavailable when the store is needed and cannot serve
  Optional<UserDocument> find(UserId id);

  /// The document, if it is at hand. Never waits; empty says nothing about whether there is such a
  /// user.
  Optional<UserDocument> peek(UserId id);

  /// Documents made at each reading.
  static UserDocuments of(UsersById users) {
    return new UserDocuments() {
      @Override
      public Optional<UserDocument> find(UserId id) {
        return users.find(id).map(UserDocument::of);
      }

      @Override
      public Optional<UserDocument> peek(UserId id) {
        return Optional.empty();
      }
    };
  }

  /// The user of this id.
  ///
  /// @throws Refusal `NOT_FOUND`
  default UserDocument byId(UserId id) {
    return find(id).orElseThrow(Refusal::notFound);
  }

  /// The user a valid token speaks of.
  ///
  /// @throws Refusal `INVALID_TOKEN` when the account was deleted or disabled since it was issued
  default UserDocument self(UserId id) {
    return find(id).filter(UserDocument::active).orElseThrow(Refusal::invalidToken);
  }

  /// The same, if it is at hand.
  default Optional<UserDocument> peekSelf(UserId id) {
    return peek(id).filter(UserDocument::active);
  }
}
