package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.testkit.accounts.InMemoryServerKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SealedKeysTest {
  private static final String OLD = SecretKeys.generate(TokenFixture.RANDOM);
  private static final String NEW = SecretKeys.generate(TokenFixture.RANDOM);

  private final InMemoryServerKeys store = new InMemoryServerKeys(() -> TokenFixture.START);

  @Test
  void readsBackTheKeyItMade() {
    SealedKeys keys = keys(OLD);
    keys.addSigningKey(1, Duration.ofSeconds(1));

    SigningKey key = keys.openSigningKey(keys.signingKeys().getFirst());

    assertThat(key.activeFrom()).isEqualTo(TokenFixture.START.plusSeconds(1));
    assertThat(key.verify("a.b", key.sign("a.b"))).isTrue();
    assertThat(key.verify("a.c", key.sign("a.b"))).isFalse();
  }

  @Test
  void refusesKeyWhosePublicHalfWasReplaced() {
    SealedKeys keys = keys(OLD);
    keys.addSigningKey(1, Duration.ZERO);
    keys.addSigningKey(2, Duration.ZERO);
    ServerKey first = keys.signingKeys().getFirst();
    ServerKey second = keys.signingKeys().getLast();
    var forged =
        new ServerKey(
            first.kid(),
            first.purpose(),
            1,
            second.publicPart(),
            first.sealed(),
            first.createdAt(),
            first.activeFrom());

    assertThatThrownBy(() -> keys.openSigningKey(forged))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("replaced");
  }

  @Test
  void derivesFromOneKeyForEver() {
    byte[] key = keys(OLD).derivationKey();

    assertThat(key).hasSize(32);
    assertThat(keys(OLD).derivationKey()).isEqualTo(key);
    assertThat(store.list(Purpose.REFRESH_TOKEN_DERIVATION)).hasSize(1);
  }

  @Test
  void resealsUnderTheFirstSecretKey() {
    byte[] derivation = keys(OLD).derivationKey();
    keys(OLD).addSigningKey(1, Duration.ZERO);

    keys(NEW + "," + OLD).resealAll();

    SealedKeys later = keys(NEW);
    assertThat(later.derivationKey()).isEqualTo(derivation);
    assertThat(later.openSigningKey(later.signingKeys().getFirst())).isNotNull();
    assertThatThrownBy(() -> keys(OLD).derivationKey()).isInstanceOf(Fault.class);
  }

  @Test
  void leavesAloneWhatTheFirstSecretKeySealed() {
    keys(OLD).addSigningKey(1, Duration.ZERO);
    List<ServerKey> before = keys(OLD).signingKeys();

    keys(OLD + "," + NEW).resealAll();

    assertThat(keys(OLD).signingKeys()).isEqualTo(before);
  }

  @Test
  void resealsSafelyWhileOthersDoTheSame() throws InterruptedException {
    keys(OLD).addSigningKey(1, Duration.ZERO);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      String configured = i % 2 == 0 ? NEW + "," + OLD : OLD + "," + NEW;
      threads.add(Thread.ofVirtual().start(() -> keys(configured).resealAll()));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    SealedKeys both = keys(NEW + "," + OLD);
    assertThat(both.openSigningKey(both.signingKeys().getFirst())).isNotNull();
  }

  @Test
  void keepsNothingUsableInTheStore() {
    SealedKeys keys = keys(OLD);
    byte[] derivation = keys.derivationKey();
    keys.addSigningKey(1, Duration.ZERO);
    ServerKey stored = keys.signingKeys().getFirst();
    byte[] encoded = TokenFixture.secrets(OLD).open(stored);
    byte[] scalar = privateScalar(encoded);

    String dump = stored + " " + store.list(Purpose.REFRESH_TOKEN_DERIVATION);

    assertThat(decodedParts(dump)).contains(HexFormat.of().formatHex(bytes(stored.publicPart())));
    for (byte[] canary : List.of(derivation, encoded, scalar, Base64.getDecoder().decode(OLD))) {
      assertThat(decodedParts(dump)).doesNotContain(HexFormat.of().formatHex(canary));
      assertThat(dump)
          .doesNotContain(HexFormat.of().formatHex(canary))
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(canary))
          .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(canary));
    }
  }

  private static byte[] privateScalar(byte[] encoded) {
    try {
      var spec = new PKCS8EncodedKeySpec(encoded);
      var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
      byte[] scalar = key.getS().toByteArray();
      return Arrays.copyOfRange(scalar, scalar.length - 30, scalar.length);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// Everything in the text that base64url can spell, as hexadecimal digits.
  private static String decodedParts(String text) {
    return Arrays.stream(text.split("[^A-Za-z0-9_-]+", -1))
        .filter(part -> part.length() % 4 != 1)
        .map(part -> HexFormat.of().formatHex(bytes(part)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  private SealedKeys keys(String configured) {
    return new SealedKeys(store, TokenFixture.secrets(configured), TokenFixture.RANDOM);
  }
}
