package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PortableHashes;
import dev.gatehouse.hashing.argon2.BouncyCastleArgon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.security.SecureRandom;
import java.util.Optional;

/// Decides which hashes of other systems are accepted, so that every stored hash can be verified at
/// a sign-in. Exports mark our own hashes, which use the normalised password, because a plain
/// Argon2 string of another system uses its raw bytes.
public final class ImportedHashes implements PortableHashes {
  private static final String ARGON2 = "$argon2";
  private static final String OWN = "{gatehouse}";
  private static final String OF_RAW_BYTES = "{argon2}";

  private final Argon2Format own;
  private final StoredFormats formats;

  /// @param today the cost of new hashes, which is always accepted
  public ImportedHashes(HashParameters today) {
    this.own = new Argon2Format(new BouncyCastleArgon2(), today, new SecureRandom());
    this.formats = StoredFormats.all(own);
  }

  /// The form to store. A plain Argon2 string is marked as a hash of the raw password.
  @Override
  public Optional<PasswordHash> accept(String written) {
    if (written.startsWith(OWN)) {
      String encoded = written.substring(OWN.length());
      return own.read(encoded).map(_ -> new PasswordHash(encoded));
    }
    String marked = written.startsWith(ARGON2) ? OF_RAW_BYTES + written : written;
    return formats.read(marked).map(_ -> new PasswordHash(marked));
  }

  @Override
  public String fault(String written) {
    return HashFaults.of(written);
  }

  @Override
  public String write(PasswordHash stored) {
    String encoded = stored.encoded();
    return encoded.startsWith(ARGON2) ? OWN + encoded : encoded;
  }
}
