package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.tokens.TokenFixture.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every forged token gets the same response, whether or not the genuine token is cached.
class ForgedTokensTest {
  private final TokenFixture fixture = new TokenFixture();
  private final Instance issuer = fixture.instance();
  private final Instance fresh = fixture.instance();
  private final Instance remembering = fixture.instance();
  private final String good = issuer.issue();
  private final Forger forger = new Forger(issuer, good);

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.tokens.Forgeries#all")
  void refusesForgery(Forgeries.Forgery forgery) throws Exception {
    String forged = forgery.of(forger);
    assertThat(forged).isNotEqualTo(good);

    refuses(fresh, forged);
    assertThat(fresh.verified.count()).isZero();
    assertThat(fresh.tokens.verify(good)).isNotNull();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.tokens.Forgeries#all")
  void refusesForgeryOfRememberedToken(Forgeries.Forgery forgery) throws Exception {
    remembering.tokens.verify(good);

    refuses(remembering, forgery.of(forger));
    refuses(issuer, forgery.of(forger));

    assertThat(remembering.verified.count()).isOne();
    assertThat(remembering.tokens.verify(good)).isNotNull();
  }

  @Test
  void acceptsClaimsOfNewerVersions() {
    String newer = forger.signedClaims("}$", ",\"acr\":\"2\"}");

    assertThat(fresh.tokens.verify(newer)).isEqualTo(fresh.tokens.verify(good));
  }

  @Test
  void acceptsTokensOfTheReleaseThatNamedNoClient() {
    String older = forger.signedClaims(",\"client_id\":\"gatehouse\"", "");

    assertThat(fresh.tokens.verify(older)).isEqualTo(fresh.tokens.verify(good));
  }

  /// Inherent in ECDSA, and harmless: it says what the good token says, and nothing here takes a
  /// token's text for its identity.
  @Test
  void acceptsNegatedSignatureWhichSaysTheSame() {
    assertThat(fresh.tokens.verify(forger.negated())).isEqualTo(fresh.tokens.verify(good));
  }

  private static void refuses(Instance instance, String token) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> instance.tokens.verify(token));
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_TOKEN);
    assertThat(refusal.detail()).isEqualTo(Refusal.invalidToken().detail());
  }
}
