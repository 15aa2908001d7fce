package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HmacFingerprintsTest {
  private final HmacFingerprints fingerprints = new HmacFingerprints(new byte[32]);

  @Test
  void areTheSameOnEveryInstanceWithTheKey() {
    assertThat(fingerprints.of("purpose", "one", "two"))
        .isEqualTo(new HmacFingerprints(new byte[32]).of("purpose", "one", "two"))
        .matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void differWithKeyPurposeAndTexts() {
    byte[] otherKey = new byte[32];
    otherKey[31] = 1;

    Set<String> all =
        Stream.of(
                fingerprints.of("purpose", "one", "two"),
                new HmacFingerprints(otherKey).of("purpose", "one", "two"),
                fingerprints.of("purpos", "eone", "two"),
                fingerprints.of("purpose", "two", "one"),
                fingerprints.of("purpose", "onetwo"),
                fingerprints.of("purpose", "one", "two", ""),
                fingerprints.of("purpose", "onet", "wo"))
            .collect(Collectors.toSet());

    assertThat(all).hasSize(7);
  }
}
