package dev.gatehouse.hashing.sodium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.BouncyCastleArgon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SodiumArgon2Test {
  private static final Argon2 PORTABLE = new BouncyCastleArgon2();
  private static final Argon2 REFUSING = new RefusingArgon2();
  private static Argon2 sodium = REFUSING;

  @BeforeAll
  static void load() throws IOException {
    sodium = SodiumArgon2.load(REFUSING);
  }

  @ParameterizedTest
  @CsvSource({
    "ID, 8, 1, 0, 16",
    "ID, 8, 1, 1, 32",
    "ID, 1024, 1, 64, 32",
    "ID, 19456, 2, 12, 32",
    "ID, 7168, 5, 1024, 32",
    "ID, 100, 7, 127, 64",
    "I, 8, 3, 8, 32",
    "I, 1024, 4, 20, 24"
  })
  void computesWhatBouncyCastleComputes(
      Argon2.Variant variant, int memory, int iterations, int passwordBytes, int tagBytes) {
    var random = new Random(memory);
    byte[] password = bytes(random, passwordBytes);
    byte[] salt = bytes(random, 16);
    var function =
        new Argon2.Function(variant, Argon2.VERSION_19, new HashParameters(memory, iterations, 1));
    assertThat(sodium.tag(password, salt, function, tagBytes))
        .isEqualTo(PORTABLE.tag(password, salt, function, tagBytes));
  }

  @Test
  void agreesWithBouncyCastleOnRandomInput() {
    var random = new Random(2026);
    for (int round = 0; round < 200; round++) {
      byte[] password = bytes(random, random.nextInt(200));
      byte[] salt = bytes(random, 16);
      int tagBytes = 16 + random.nextInt(49);
      var parameters = new HashParameters(8 + random.nextInt(300), 1 + random.nextInt(4), 1);
      var function = Argon2.Function.argon2id(parameters);
      assertThat(sodium.tag(password, salt, function, tagBytes))
          .as("%d bytes, %s", password.length, parameters)
          .isEqualTo(PORTABLE.tag(password, salt, function, tagBytes));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "D, 19, 3, 1, 16, 32",
    "ID, 16, 3, 1, 16, 32",
    "I, 19, 2, 1, 16, 32",
    "ID, 19, 3, 2, 16, 32",
    "ID, 19, 3, 1, 8, 32",
    "ID, 19, 3, 1, 17, 32",
    "ID, 19, 3, 1, 16, 12"
  })
  void leavesTheRestToBouncyCastle(
      Argon2.Variant variant,
      int version,
      int iterations,
      int parallelism,
      int saltBytes,
      int tagBytes)
      throws IOException {
    var parameters = new HashParameters(64, iterations, parallelism);
    var function = new Argon2.Function(variant, version, parameters);
    byte[] password = {1, 2, 3};
    byte[] salt = new byte[saltBytes];
    assertThat(SodiumArgon2.supports(function, saltBytes, tagBytes)).isFalse();
    assertThat(SodiumArgon2.load(PORTABLE).tag(password, salt, function, tagBytes))
        .isEqualTo(PORTABLE.tag(password, salt, function, tagBytes));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, /linux64/libsodium.so",
    "Linux, aarch64, /arm64/libsodium.so",
    "Mac OS X, aarch64, /mac_arm/libsodium.dylib",
    "Mac OS X, x86_64, /mac/libsodium.dylib",
    "Windows 11, amd64, /windows64/libsodium.dll"
  })
  void knowsWhereTheJarKeepsEachPlatformsBuild(String os, String arch, String resource) {
    assertThat(SodiumLibrary.resource(os, arch)).contains(resource);
    assertThat(SodiumLibrary.class.getResource(resource)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Windows 11, aarch64", "FreeBSD, amd64", "Linux, i386"})
  void knowsWhereThereIsNone(String os, String arch) {
    assertThat(SodiumLibrary.resource(os, arch)).isEmpty();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static final class RefusingArgon2 implements Argon2 {
    @Override
    public byte[] tag(byte[] password, byte[] salt, Function function, int tagBytes) {
      throw new AssertionError("libsodium was expected to do this: " + function);
    }

    @Override
    public String name() {
      return "refusing";
    }
  }
}
