package dev.gatehouse.accounts.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {
  private final SecureRandom random = new SecureRandom();
  private final SessionId session = new SessionId(UUID.randomUUID());

  @Test
  void readsWhatItWrote() {
    RefreshToken token = token();

    assertThat(RefreshToken.parse(token.encoded())).contains(token);
    assertThat(token.session()).isEqualTo(session);
    assertThat(token.generation()).isZero();
  }

  @Test
  void storesNothingOfTheSecret() {
    RefreshToken token = token();

    assertThat(token.hash()).hasSize(32).isNotEqualTo(token.secret());
    assertThat(token.toString()).doesNotContain(token.encoded());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ghr_", "ghr_AAAA", "eyJhbGciOiJub25lIn0.e30.", "ghr_\u0000"})
  void refusesWhatIsNoToken(String text) {
    assertThat(RefreshToken.parse(text)).isEmpty();
  }

  @Test
  void refusesAlteredForms() {
    String token = token().encoded();

    assertThat(RefreshToken.parse(token + "A")).isEmpty();
    assertThat(RefreshToken.parse(token.substring(1))).isEmpty();
    assertThat(RefreshToken.parse(token.substring(0, 8) + "!" + token.substring(9))).isEmpty();
    assertThat(RefreshToken.parse(" " + token)).isEmpty();
  }

  @Test
  void ordersIdsByTime() {
    var earlier = new TimeOrderedIds(() -> Instant.ofEpochMilli(1_700_000_000_000L), random);
    var later = new TimeOrderedIds(() -> Instant.ofEpochMilli(1_700_000_000_001L), random);

    UUID id = earlier.next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_000L);
    assertThat(id.toString()).isLessThan(later.next().toString());
    assertThat(earlier.next()).isNotEqualTo(id);
  }

  private RefreshToken token() {
    byte[] secret = new byte[32];
    byte[] tag = new byte[16];
    random.nextBytes(secret);
    random.nextBytes(tag);
    return new RefreshToken(session, 0, secret, tag);
  }
}
