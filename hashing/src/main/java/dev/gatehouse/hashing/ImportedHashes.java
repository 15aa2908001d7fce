package dev.gatehouse.hashing;

import dev.gatehouse.accounts.model.PasswordHash;
import java.security.SecureRandom;
import java.util.Optional;

/// Decides which hashes of other systems are taken in, so that nothing is stored that could not be
/// checked at a sign-in. Thread-safe, and does no costly work.
public final class ImportedHashes {
  private final StoredFormats formats;

  /// @param today what new hashes cost: as much is always accepted
  public ImportedHashes(HashParameters today) {
    var argon2 = new Argon2Format(new BouncyCastleArgon2(), today, new SecureRandom());
    this.formats = StoredFormats.all(argon2);
  }

  /// The form to store, empty when the hash is of an unknown form or too costly to check. A bare
  /// Argon2 string is marked as made from the raw password.
  public Optional<PasswordHash> accept(String encoded) {
    String marked = encoded.startsWith("$argon2") ? "{argon2}" + encoded : encoded;
    return formats.read(marked).map(_ -> new PasswordHash(marked));
  }
}
