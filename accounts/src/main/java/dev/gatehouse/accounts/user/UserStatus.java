package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;
import java.util.Locale;

/// Whether the account may be used.
public enum UserStatus {
  /// May sign in.
  ACTIVE,
  /// Exists, but may not sign in and has no sessions.
  DISABLED;

  /// Reads the name by which clients know it.
  ///
  /// @throws InvalidFields when it is none, for the field `status`
  public static UserStatus parse(String text) {
    return switch (text) {
      case "active" -> ACTIVE;
      case "disabled" -> DISABLED;
      default -> throw InvalidFields.of("status", "invalid", "It is active or disabled.");
    };
  }

  /// The name by which clients know it.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
