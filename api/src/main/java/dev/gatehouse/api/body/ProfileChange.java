package dev.gatehouse.api.body;

import java.util.Optional;

/// What a PATCH of the own account asks for. The address is proved by password and checked against
/// all others, so it is changed alone: a request either happens as a whole or not at all.
public sealed interface ProfileChange {
  /// An empty patch.
  record None() implements ProfileChange {}

  /// Another display name, or none.
  record Rename(Optional<String> displayName) implements ProfileChange {
    @Override
    public String toString() {
      return "Rename[redacted]";
    }
  }

  /// Another email address.
  record Move(String email, String currentPassword) implements ProfileChange {
    @Override
    public String toString() {
      return "Move[redacted]";
    }
  }
}
