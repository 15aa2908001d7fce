package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// The contract of chains of refresh tokens.
public abstract class RefreshTokenChainContract {
  private final SessionId session = new SessionId(Sample.id());

  /// The chain under test.
  protected abstract RefreshTokenChain chain();

  @Test
  void beginsEachSessionWithATokenOfItsOwn() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      seen.add(chain().first(session).encoded());
    }

    assertThat(seen).hasSize(1000);
    assertThat(chain().first(session).session()).isEqualTo(session);
    assertThat(chain().first(session).generation()).isZero();
  }

  @Test
  void givesOneAndTheSameSuccessor() {
    RefreshToken first = chain().first(session);

    RefreshToken second = chain().successor(first);

    assertThat(chain().successor(first)).isEqualTo(second);
    assertThat(second).isNotEqualTo(first);
    assertThat(second.session()).isEqualTo(session);
    assertThat(second.generation()).isEqualTo(1);
    assertThat(chain().successor(second).generation()).isEqualTo(2);
  }

  @Test
  void givesDifferentTokensDifferentSuccessors() {
    RefreshToken one = chain().successor(chain().first(session));
    RefreshToken other = chain().successor(chain().first(session));

    assertThat(one.encoded()).isNotEqualTo(other.encoded());
  }

  @Test
  void knowsItsOwnTokens() {
    RefreshToken first = chain().first(session);

    assertThat(chain().isGenuine(first)).isTrue();
    assertThat(chain().isGenuine(chain().successor(first))).isTrue();
    assertThat(chain().isGenuine(RefreshToken.parse(first.encoded()).orElseThrow())).isTrue();
  }

  @Test
  void knowsForgeriesOfEveryPart() {
    RefreshToken token = chain().first(session);
    byte[] secret = token.secret();
    secret[0] ^= 1;
    byte[] tag = token.tag();
    tag[15] ^= 1;
    var otherSession = new SessionId(Sample.id());

    assertThat(chain().isGenuine(new RefreshToken(session, 0, secret, token.tag()))).isFalse();
    assertThat(chain().isGenuine(new RefreshToken(session, 0, token.secret(), tag))).isFalse();
    assertThat(chain().isGenuine(new RefreshToken(session, 1, token.secret(), token.tag())))
        .isFalse();
    assertThat(chain().isGenuine(new RefreshToken(otherSession, 0, token.secret(), token.tag())))
        .isFalse();
  }
}
