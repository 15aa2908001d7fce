package dev.gatehouse.api.body;

import dev.gatehouse.accounts.user.ProfileInput;

/// What a PATCH of the own account asks for. The address is proved by password and checked against
/// all others, so it is changed alone: a request either happens as a whole or not at all.
public sealed interface ProfileChange {
  /// An empty patch.
  record None() implements ProfileChange {}

  /// Other values for fields of the profile.
  record Edit(ProfileInput profile) implements ProfileChange {}

  /// Another email address.
  record Move(String email, String currentPassword) implements ProfileChange {
    @Override
    public String toString() {
      return "Move[redacted]";
    }
  }
}
