package dev.gatehouse.hashing;

import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.BouncyCastleArgon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.hashing.sodium.SodiumArgon2;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses the fastest working Argon2 implementation and logs it.
public final class Argon2Choice {
  private static final Logger log = LoggerFactory.getLogger(Argon2Choice.class);

  private static final byte[] KNOWN =
      HexFormat.of().parseHex("2d76c44c668e82f6c7adf75f7a6c4e5c963ec3d742d763d2b44ac666647257d3");

  private Argon2Choice() {}

  public static Argon2 best() {
    var portable = new BouncyCastleArgon2();
    try {
      var sodium = SodiumArgon2.loadKeepingMemory(portable);
      requireAgreement(sodium);
      log.info("Passwords are hashed by {}", sodium.name());
      return sodium;
    } catch (IOException unavailable) {
      log.warn(
          "Passwords are hashed by {}, at about two thirds of the speed: {}",
          portable.name(),
          unavailable.getMessage());
      return portable;
    }
  }

  /// A native build with wrong results would lock out every user. It is verified with a known tag
  /// instead of the portable build, whose signed jar takes half a second to check at the start.
  public static void requireAgreement(Argon2 candidate) throws IOException {
    byte[] password = {1, 2, 3};
    var function = Argon2.Function.argon2id(new HashParameters(64, 1, 1));
    if (!Arrays.equals(candidate.tag(password, new byte[16], function, 32), KNOWN)) {
      throw new IOException(candidate.name() + " computes something else than Argon2id");
    }
  }
}
