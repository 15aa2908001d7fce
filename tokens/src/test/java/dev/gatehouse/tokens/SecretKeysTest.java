package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.errors.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
  private static final String OLD = SecretKeys.generate(TokenFixture.RANDOM);
  private static final String NEW = SecretKeys.generate(TokenFixture.RANDOM);
  private static final byte[] SECRET = "the secret half".getBytes(StandardCharsets.UTF_8);

  @Test
  void opensWhatItSealed() {
    SecretKeys keys = TokenFixture.secrets(OLD);

    assertThat(keys.open(sealedBy(keys))).isEqualTo(SECRET);
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    SecretKeys keys = TokenFixture.secrets(OLD);

    assertThat(sealedBy(keys).sealed()).isNotEqualTo(sealedBy(keys).sealed());
  }

  @Test
  void opensWithEveryKeyAndSealsWithTheFirst() {
    ServerKey sealedByOld = sealedBy(TokenFixture.secrets(OLD));
    SecretKeys both = TokenFixture.secrets(" " + NEW + " , " + OLD + "\n");

    assertThat(both.open(sealedByOld)).isEqualTo(SECRET);
    assertThat(both.sealedByFirst(sealedByOld)).isFalse();
    assertThat(both.sealedByFirst(sealedBy(both))).isTrue();
    assertThat(TokenFixture.secrets(NEW).open(sealedBy(both))).isEqualTo(SECRET);
  }

  @Test
  void saysInWordsWhichSecretKeyIsMissing() {
    ServerKey sealedByOld = sealedBy(TokenFixture.secrets(OLD));
    String fingerprint = sealedByOld.sealed().split(":", -1)[1];

    assertThatThrownBy(() -> TokenFixture.secrets(NEW).open(sealedByOld))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("kid-1")
        .hasMessageContaining(fingerprint)
        .hasMessageContaining("GATEHOUSE_SECRET_KEY")
        .hasMessageNotContaining(OLD)
        .hasMessageNotContaining(NEW);
  }

  @Test
  void refusesSecretMovedToAnotherNameOrPurpose() {
    SecretKeys keys = TokenFixture.secrets(OLD);
    String sealed = sealedBy(keys).sealed();

    refuses(keys, key("kid-2", Purpose.ACCESS_TOKEN_SIGNING, sealed));
    refuses(keys, key("kid-1", Purpose.REFRESH_TOKEN_DERIVATION, sealed));
  }

  @Test
  void refusesEveryAlteredBit() {
    SecretKeys keys = TokenFixture.secrets(OLD);
    String[] parts = sealedBy(keys).sealed().split(":", -1);
    byte[] body = Base64.getUrlDecoder().decode(parts[2]);

    for (int bit = 0; bit < body.length * 8; bit++) {
      byte[] altered = body.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      String sealed =
          parts[0] + ":" + parts[1] + ":" + Base64.getUrlEncoder().encodeToString(altered);
      refuses(keys, key("kid-1", Purpose.ACCESS_TOKEN_SIGNING, sealed));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1:a", "2:a:b", "1:a:b:c", "::", "1::!"})
  void refusesUnknownEnvelope(String sealed) {
    refuses(TokenFixture.secrets(OLD), key("kid-1", Purpose.ACCESS_TOKEN_SIGNING, sealed));
  }

  @Test
  void refusesBodyThatIsTooShortOrNotBase64() {
    SecretKeys keys = TokenFixture.secrets(OLD);
    String fingerprint = sealedBy(keys).sealed().split(":", -1)[1];

    for (String body :
        new String[] {"", "AAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA", "%%"}) {
      refuses(keys, key("kid-1", Purpose.ACCESS_TOKEN_SIGNING, "1:" + fingerprint + ":" + body));
    }
  }

  @Test
  void hidesKeysInItsTextForm() {
    assertThat(TokenFixture.secrets(OLD)).hasToString("SecretKeys[redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "c2hvcnQ=", "not base64 at all", "AAAA,"})
  void refusesWrongConfigurationWithoutRepeatingIt(String configured) {
    assertThatThrownBy(() -> TokenFixture.secrets(configured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secret key at position 1 is not 32 bytes in base64.")
        .hasNoCause();
  }

  @Test
  void namesThePositionOfWrongKey() {
    assertThatThrownBy(() -> TokenFixture.secrets(OLD + ",oops"))
        .hasMessage("The secret key at position 2 is not 32 bytes in base64.");
  }

  private static void refuses(SecretKeys keys, ServerKey key) {
    assertThatThrownBy(() -> keys.open(key)).isInstanceOf(Fault.class);
  }

  private static ServerKey sealedBy(SecretKeys keys) {
    String sealed = keys.seal("kid-1", Purpose.ACCESS_TOKEN_SIGNING, SECRET);
    return key("kid-1", Purpose.ACCESS_TOKEN_SIGNING, sealed);
  }

  private static ServerKey key(String kid, Purpose purpose, String sealed) {
    return new ServerKey(kid, purpose, 1, "", sealed, TokenFixture.START, TokenFixture.START);
  }
}
