package dev.gatehouse.accounts.id;

/// Fingerprints of what must be recognised again but not kept: made under a key that only the
/// server has, so that anyone who reads them in a store or a log cannot try out what they are of.
/// Every instance makes the same. Waits for nothing; thread-safe.
@FunctionalInterface
public interface Fingerprints {
  /// The fingerprint of these texts in this order: 43 characters of base64url.
  ///
  /// @param purpose keeps the fingerprints of different purposes apart
  String of(String purpose, String... texts);
}
