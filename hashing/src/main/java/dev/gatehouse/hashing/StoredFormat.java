package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import java.util.Optional;

/// A format of stored password hashes. Immutable and thread-safe.
interface StoredFormat {
  /// Parses a stored hash, without costly work; empty when it has another format, or its
  /// verification would cost too much. Stored strings are untrusted: they come from exports of
  /// other systems.
  Optional<Stored> read(String encoded);

  /// A parsed hash.
  interface Stored {
    /// Computes the hash of the password and compares in constant time. Costly.
    boolean matches(Password password);

    /// Whether it is weaker than new hashes.
    boolean outdated();
  }
}
