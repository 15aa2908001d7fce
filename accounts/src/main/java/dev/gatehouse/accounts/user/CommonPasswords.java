package dev.gatehouse.accounts.user;

/// The passwords that guessing begins with. Thread-safe; kept in memory.
@FunctionalInterface
public interface CommonPasswords {
  /// No password is common: the blocklist switched off.
  CommonPasswords NONE = password -> false;

  /// Whether the password is among them.
  ///
  /// @param folded the password's normal form in lower case
  boolean contains(String folded);
}
