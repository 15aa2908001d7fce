package dev.gatehouse.accounts.id;

/// Keyed hashes of values that must be recognised but not stored. Only the server has the key, so
/// that readers of a store or a log cannot guess the value by trial. Every instance computes the
/// same fingerprint. Never blocks; thread-safe.
@FunctionalInterface
public interface Fingerprints {
  /// The fingerprint of these texts in this order: 43 characters of base64url.
  ///
  /// @param purpose keeps the fingerprints of different purposes apart
  String of(String purpose, String... texts);
}
