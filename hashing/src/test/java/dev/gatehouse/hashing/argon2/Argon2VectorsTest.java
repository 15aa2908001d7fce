package dev.gatehouse.hashing.argon2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Published test vectors: those of RFC 9106, section 5, and of the reference implementation's test
/// suite.
class Argon2VectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "0, 512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb",
    "1, c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8",
    "2, 0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
  })
  void computesTheVectorsOfTheRfc(int type, String expected) {
    var parameters =
        new Argon2Parameters.Builder(type)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build();
    var generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] tag = new byte[32];
    generator.generateBytes(filled(32, 1), tag);
    assertThat(HEX.formatHex(tag)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ID, 19, 65536, 2, 1, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
    "ID, 19, 256, 2, 1, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "ID, 19, 256, 2, 2, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
    "I, 19, 65536, 2, 1, c1628832147d9720c5bd1cfd61367078729f6dfb6f8fea9ff98158e0d7816ed0",
    "I, 16, 65536, 2, 1, f6c4db4a54e2a370627aff3db6176b94a2a209a62c8e36152711802f7b30c694"
  })
  void computesTheVectorsOfTheReferenceImplementation(
      Argon2.Variant variant,
      int version,
      int memory,
      int iterations,
      int parallelism,
      String expected) {
    var function =
        new Argon2.Function(variant, version, new HashParameters(memory, iterations, parallelism));
    byte[] tag = new BouncyCastleArgon2().tag(ascii("password"), ascii("somesalt"), function, 32);
    assertThat(HEX.formatHex(tag)).isEqualTo(expected);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
