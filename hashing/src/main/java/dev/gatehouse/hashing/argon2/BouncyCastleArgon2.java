package dev.gatehouse.hashing.argon2;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2 in Java: slower than libsodium and with the memory of each hash as garbage, but available
/// on every platform and for every parameter.
public final class BouncyCastleArgon2 implements Argon2 {
  @Override
  public byte[] tag(byte[] password, byte[] salt, Function function, int tagBytes) {
    var cost = function.parameters();
    var parameters =
        new Argon2Parameters.Builder(type(function.variant()))
            .withVersion(function.version())
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.parallelism())
            .withSalt(salt)
            .build();
    var generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] tag = new byte[tagBytes];
    generator.generateBytes(password, tag);
    return tag;
  }

  @Override
  public String name() {
    return "Bouncy Castle";
  }

  private static int type(Variant variant) {
    return switch (variant) {
      case D -> Argon2Parameters.ARGON2_d;
      case I -> Argon2Parameters.ARGON2_i;
      case ID -> Argon2Parameters.ARGON2_id;
    };
  }
}
