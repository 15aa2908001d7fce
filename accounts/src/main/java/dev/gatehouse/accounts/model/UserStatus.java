package dev.gatehouse.accounts.model;

/// Whether the account may be used.
public enum UserStatus {
  /// May sign in.
  ACTIVE,
  /// Exists, but may not sign in and has no sessions.
  DISABLED
}
