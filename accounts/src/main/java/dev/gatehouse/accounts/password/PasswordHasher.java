package dev.gatehouse.accounts.password;

/// Turns passwords into stored forms and checks them. This is the costly part of the service, so
/// each call waits for its turn in a bounded queue; it blocks its (virtual) thread meanwhile.
/// Thread-safe. A caller that is interrupted leaves the queue.
///
/// Every method throws [Unavailable] `OVERLOADED`, at once, when its turn would come too late.
public interface PasswordHasher {
  /// Hashes a new password with today's algorithm and parameters.
  PasswordHash hash(Password password, Trust standing);

  /// Checks a password against a stored form, in time independent of where they differ.
  Verdict verify(Password password, PasswordHash stored, Trust standing);

  /// Spends what [#verify] would spend and finds nothing: for accounts that do not exist.
  void verifyDummy(Trust standing);

  /// Who goes first when there is a queue.
  enum Trust {
    /// Nothing is held against the caller.
    NORMAL,
    /// The account or the address has failed recently: it queues behind all others.
    LOW
  }

  /// What a check found.
  ///
  /// @param matches whether the password is the stored one
  /// @param outdated whether the stored form is weaker than what [#hash] makes today
  record Verdict(boolean matches, boolean outdated) {}
}
