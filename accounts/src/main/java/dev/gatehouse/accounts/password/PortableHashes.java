package dev.gatehouse.accounts.password;

import java.util.Optional;

/// Stored passwords as they travel between systems. Thread-safe, and does no costly work.
public interface PortableHashes {
  /// The form to store, empty when the hash is of an unknown form or too costly to check: nothing
  /// may be stored that could not be checked at a sign-in.
  Optional<PasswordHash> accept(String written);

  /// Why a hash is not accepted, as a sentence that repeats nothing of it.
  String fault(String written);

  /// What [#accept] turns into this stored form again.
  String write(PasswordHash stored);
}
