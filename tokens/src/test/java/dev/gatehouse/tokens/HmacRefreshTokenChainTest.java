package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.testkit.accounts.RefreshTokenChainContract;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HmacRefreshTokenChainTest extends RefreshTokenChainContract {
  private static final SessionId SESSION =
      new SessionId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));

  private final HmacRefreshTokenChain chain = chain(1);

  @Override
  protected RefreshTokenChain chain() {
    return chain;
  }

  @Test
  void givesEveryInstanceTheSameSuccessor() {
    RefreshToken parent = chain.first(SESSION);

    assertThat(chain(1).successor(parent)).isEqualTo(chain.successor(parent));
    assertThat(chain(1).isGenuine(parent)).isTrue();
    assertThat(chain(2).isGenuine(parent)).isFalse();
  }

  /// The bytes are those of `openssl dgst -sha256 -mac HMAC` over the same input: a change of the
  /// derivation would end every session in the field.
  @Test
  void keepsItsDerivation() {
    var parent = token(SESSION, 7, 2);

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
    secrets.add(successor(chain(9), SESSION, 0, 2));

    assertThat(secrets).hasSize(5);
  }

  @Test
  void neverComesBackToTokenOfTheSession() {
    var seen = new HashSet<String>();
    RefreshToken token = chain.first(SESSION);
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(HexFormat.of().formatHex(token.secret()))).isTrue();
      token = chain.successor(token);
    }
    assertThat(token.generation()).isEqualTo(1000);
  }

  @Test
  void refusesToFollowTheLastGeneration() {
    var last = token(SESSION, Integer.MAX_VALUE, 2);

    assertThatThrownBy(() -> chain.successor(last)).isInstanceOf(Refusal.class);
  }

  private static String successor(
      HmacRefreshTokenChain chain, SessionId session, int generation, int fill) {
    var parent = token(session, generation, fill);
    return HexFormat.of().formatHex(chain.successor(parent).secret());
  }

  private static HmacRefreshTokenChain chain(int key) {
    return new HmacRefreshTokenChain(filled(32, key), TokenFixture.RANDOM);
  }

  private static RefreshToken token(SessionId session, int generation, int fill) {
    return new RefreshToken(session, generation, filled(32, fill), filled(16, fill));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
