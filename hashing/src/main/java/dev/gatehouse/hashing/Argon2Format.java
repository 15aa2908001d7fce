package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.hashing.argon2.PhcArgon2;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The form in which hashes are made today: Argon2id over the password's normal form, as a PHC
/// string. Reads argon2i and argon2d too.
final class Argon2Format implements StoredFormat {
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  /// About a second's work.
  private static final long MAX_WORK = 1_024 * 1_024;

  private static final int MAX_MEMORY_KIB = 128 * 1_024;

  private final Argon2 argon2;
  private final HashParameters today;
  private final RandomGenerator random;

  /// @param today what new hashes cost
  /// @param random makes salts; must be fit for cryptography
  Argon2Format(Argon2 argon2, HashParameters today, RandomGenerator random) {
    this.argon2 = argon2;
    this.today = today;
    this.random = random;
  }

  /// Hashes a password. Costly.
  String hash(Password password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    var function = Argon2.Function.argon2id(today);
    byte[] tag = argon2.tag(password.normalBytes(), salt, function, TAG_BYTES);
    return new PhcArgon2(function, salt, tag).encoded();
  }

  @Override
  public Optional<Stored> read(String encoded) {
    return parse(encoded).map(OwnHash::new);
  }

  /// Reads a PHC string that may be checked.
  Optional<PhcArgon2> parse(String phc) {
    return PhcArgon2.parse(phc).filter(hash -> isAffordable(hash.function().parameters()));
  }

  /// Computes what a PHC string holds if this is its password. Costly.
  byte[] tag(PhcArgon2 phc, byte[] password) {
    return argon2.tag(password, phc.salt(), phc.function(), phc.tag().length);
  }

  /// Bounded absolutely, but what was made by these settings can always be checked.
  private boolean isAffordable(HashParameters cost) {
    return today.atLeast(cost) || (cost.memoryKib() <= MAX_MEMORY_KIB && cost.work() <= MAX_WORK);
  }

  private boolean isOutdated(PhcArgon2 phc) {
    return phc.function().variant() != Argon2.Variant.ID
        || phc.function().version() != Argon2.VERSION_19
        || !phc.function().parameters().atLeast(today)
        || phc.salt().length < SALT_BYTES
        || phc.tag().length < TAG_BYTES;
  }

  private final class OwnHash implements Stored {
    private final PhcArgon2 phc;

    private OwnHash(PhcArgon2 phc) {
      this.phc = phc;
    }

    @Override
    public boolean matches(Password password) {
      return MessageDigest.isEqual(tag(phc, password.normalBytes()), phc.tag());
    }

    @Override
    public boolean outdated() {
      return isOutdated(phc);
    }
  }
}
