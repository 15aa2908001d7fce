package dev.gatehouse.hashing;

import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the fastest Argon2 that works here, and says which.
final class Argon2Choice {
  private static final Logger log = LoggerFactory.getLogger(Argon2Choice.class);

  private Argon2Choice() {}

  static Argon2 best() {
    var portable = new BouncyCastleArgon2();
    try {
      var sodium = SodiumArgon2.loadKeepingMemory(portable);
      requireAgreement(sodium, portable);
      log.info("passwords are hashed by {}", sodium.name());
      return sodium;
    } catch (IOException unavailable) {
      log.warn(
          "passwords are hashed by {}, at about two thirds of the speed: {}",
          portable.name(),
          unavailable.getMessage());
      return portable;
    }
  }

  /// A native build that computes anything else would lock every user out.
  private static void requireAgreement(Argon2 candidate, Argon2 portable) throws IOException {
    byte[] password = {1, 2, 3};
    byte[] salt = new byte[16];
    var function = Argon2.Function.argon2id(new HashParameters(64, 1, 1));
    if (!Arrays.equals(
        candidate.tag(password, salt, function, 32), portable.tag(password, salt, function, 32))) {
      throw new IOException(candidate.name() + " computes something else than Argon2id");
    }
  }
}
