package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.hashing.argon2.PhcArgon2;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The format of new hashes: Argon2id over the normalised password, as a PHC string. Also reads
/// argon2i and argon2d.
final class Argon2Format implements StoredFormat {
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  /// About a second of work.
  private static final long MAX_WORK = 1_024 * 1_024;

  private static final int MAX_MEMORY_KIB = 128 * 1_024;

  private final Argon2 argon2;
  private final HashParameters today;
  private final RandomGenerator random;

  /// @param today the cost of new hashes
  /// @param random generates salts; must be cryptographically strong
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

  /// Parses a PHC string whose cost is accepted.
  Optional<PhcArgon2> parse(String phc) {
    return PhcArgon2.parse(phc).filter(hash -> isAffordable(hash.function().parameters()));
  }

  /// Computes the tag of a password with the parameters of a PHC string. Costly.
  byte[] tag(PhcArgon2 phc, byte[] password) {
    return argon2.tag(password, phc.salt(), phc.function(), phc.tag().length);
  }

  /// The cost is bounded, but hashes with the current settings are always accepted.
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
