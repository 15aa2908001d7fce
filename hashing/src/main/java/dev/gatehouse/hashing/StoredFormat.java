package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import java.util.Optional;

/// A form in which password hashes are stored. Immutable and thread-safe.
interface StoredFormat {
  /// Reads a stored hash, without costly work; empty when it is of another form, or would cost more
  /// to check than a check may. Stored strings are hostile: they come from other systems' exports.
  Optional<Stored> read(String encoded);

  /// A stored hash that was read.
  interface Stored {
    /// Computes the password's hash and compares, in time independent of where they differ. Costly.
    boolean matches(Password password);

    /// Whether it is weaker than what is made today.
    boolean outdated();
  }
}
