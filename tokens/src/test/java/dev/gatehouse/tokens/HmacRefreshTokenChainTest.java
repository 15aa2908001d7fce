package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.model.RefreshToken;
import dev.gatehouse.accounts.model.SessionId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HmacRefreshTokenChainTest {
  private static final SessionId SESSION =
      new SessionId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));

  private final HmacRefreshTokenChain chain = new HmacRefreshTokenChain(filled(32, 1));

  @Test
  void givesEveryInstanceTheSameSuccessor() {
    RefreshToken parent = RefreshToken.first(SESSION, TokenFixture.RANDOM);

    RefreshToken successor = chain.successor(parent);

    assertThat(new HmacRefreshTokenChain(filled(32, 1)).successor(parent)).isEqualTo(successor);
    assertThat(successor.session()).isEqualTo(SESSION);
    assertThat(successor.generation()).isOne();
  }

  /// The bytes are those of `openssl dgst -sha256 -mac HMAC` over the same input: a change of the
  /// derivation would end every session in the field.
  @Test
  void keepsItsDerivation() {
    var parent = new RefreshToken(SESSION, 7, filled(32, 2));

    assertThat(HexFormat.of().formatHex(chain.successor(parent).secret()))
        .isEqualTo("4e51cb887d859b3f84ad1166f49027957be9165b529cc56cd550893461c1c115");
  }

  @Test
  void dependsOnEverything() {
    var secrets = new HashSet<String>();
    secrets.add(successor(chain, SESSION, 0, 2));
    secrets.add(successor(chain, SESSION, 1, 2));
    secrets.add(successor(chain, SESSION, 0, 3));
    secrets.add(successor(chain, new SessionId(new UUID(1, 2)), 0, 2));
    secrets.add(successor(new HmacRefreshTokenChain(filled(32, 9)), SESSION, 0, 2));

    assertThat(secrets).hasSize(5);
  }

  @Test
  void neverComesBackToTokenOfTheSession() {
    var seen = new HashSet<String>();
    RefreshToken token = RefreshToken.first(SESSION, TokenFixture.RANDOM);
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(HexFormat.of().formatHex(token.secret()))).isTrue();
      token = chain.successor(token);
    }
    assertThat(token.generation()).isEqualTo(1000);
  }

  @Test
  void refusesToFollowTheLastGeneration() {
    var last = new RefreshToken(SESSION, Integer.MAX_VALUE, filled(32, 2));

    assertThatThrownBy(() -> chain.successor(last)).isInstanceOf(Refusal.class);
  }

  private static String successor(
      HmacRefreshTokenChain chain, SessionId session, int generation, int fill) {
    var parent = new RefreshToken(session, generation, filled(32, fill));
    return HexFormat.of().formatHex(chain.successor(parent).secret());
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
