package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.token.AccessTokens.Claims;
import dev.gatehouse.accounts.token.AccessTokens.Issued;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.testkit.ManualTime;
import dev.gatehouse.tokens.TokenFixture.Instance;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JwtAccessTokensTest {
  private static final Instant ISSUED = TokenFixture.START.truncatedTo(ChronoUnit.SECONDS);

  private final TokenFixture fixture = new TokenFixture();
  private final Instance issuer = fixture.instance();
  private final Instance other = fixture.instance();

  @Test
  void saysOnEveryInstanceWhatWasIssued() {
    User user = fixture.user(Role.ADMIN, new Role("support"));
    SessionId session = fixture.session();
    Issued issued = issuer.tokens.issue(user, session);

    var expected =
        new Claims(user.id(), session, user.roles(), ISSUED, ISSUED.plus(Duration.ofMinutes(5)));
    assertThat(issued.expiresAt()).isEqualTo(expected.expiresAt());
    assertThat(issuer.tokens.verify(issued.token())).isEqualTo(expected);
    assertThat(other.tokens.verify(issued.token())).isEqualTo(expected);
  }

  @Test
  void isReadByAnotherLibraryWithThePublishedKeys() throws ParseException, JOSEException {
    User user = fixture.user(Role.ADMIN);
    SessionId session = fixture.session();
    SignedJWT token = SignedJWT.parse(issuer.tokens.issue(user, session).token());
    var keys =
        JWKSet.parse(
            new String(issuer.ring.current().published().body(), StandardCharsets.US_ASCII));

    var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
    assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(token.getHeader().toJSONObject())
        .containsOnlyKeys("alg", "typ", "kid")
        .containsEntry("alg", "ES256")
        .containsEntry("typ", "at+jwt");
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getClaims().keySet())
        .containsExactlyInAnyOrder(
            "iss", "aud", "client_id", "sub", "sid", "jti", "iat", "exp", "roles");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("gatehouse");
    assertThat(claims.getIssuer()).isEqualTo("https://id.example.org");
    assertThat(claims.getAudience()).containsExactly("gatehouse");
    assertThat(claims.getSubject()).isEqualTo(user.id().toString());
    assertThat(claims.getStringClaim("sid")).isEqualTo(session.toString());
    assertThat(UUID.fromString(claims.getJWTID()).version()).isEqualTo(7);
    assertThat(claims.getStringListClaim("roles")).containsExactly("admin");
  }

  @Test
  void acceptsTokenUntilTheVeryEndAndNotLonger() {
    String token = issuer.issue();
    Instant end = ISSUED.plus(TokenFixture.SETTINGS.accessTtl());
    other.tokens.verify(token);

    fixture.clock.jumpTo(end.minusMillis(1));
    assertThat(other.tokens.verify(token).expiresAt()).isEqualTo(end);
    assertThat(fixture.instance().tokens.verify(token).expiresAt()).isEqualTo(end);

    fixture.clock.jumpTo(end);
    refuses(other, token);
    refuses(issuer, token);
    refuses(fixture.instance(), token);
  }

  @Test
  void forgetsTokenOnceItWasRefusedAsExpired() {
    String token = issuer.issue();
    other.tokens.verify(token);
    fixture.clock.advance(Duration.ofMinutes(6));

    refuses(other, token);

    assertThat(other.verified.count()).isZero();
  }

  @Test
  void verifiesTheSignatureOnceAndReturnsTheSameObjectThereafter() {
    String token = issuer.issue();

    Claims first = other.tokens.verify(token);

    assertThat(other.tokens.verify(new String(token.toCharArray()))).isSameAs(first);
    assertThat(other.verified.count()).isOne();
  }

  @Test
  void forgivesClockThatIsAheadByHalfMinute() {
    var ahead = new ManualTime(TokenFixture.START.plusSeconds(30));
    Instance fast = fixture.instance(fixture.store, ahead, TokenFixture.SETTINGS);

    String token = fast.issue();

    assertThat(other.tokens.verify(token).issuedAt()).isEqualTo(ISSUED.plusSeconds(30));
  }

  @Test
  void refusesRememberedTokenWhoseKeyIsGone() {
    String token = issuer.issue();
    other.tokens.verify(token);
    String kid = other.ring.current().signer(fixture.clock.instant()).kid();
    fixture.store.remove(kid);

    other.ring.refresh();

    refuses(other, token);
  }

  @Test
  void asksForRefreshOnlyWhenTheKeyIsUnknown() {
    String token = issuer.issue();
    other.tokens.verify(token);
    refuses(other, token.substring(0, token.length() - 4) + "AAAA");
    assertThat(other.unknownKeys).hasValue(0);

    refuses(other, "e30." + token.substring(token.indexOf('.') + 1));
    assertThat(other.unknownKeys).hasValue(1);
  }

  @Test
  void boundsTheMemoryOfVerifiedTokens() {
    var small = new VerifiedTokens(10_000, Duration.ofMinutes(5));
    SigningKey key = other.ring.current().signer(TokenFixture.START);
    var claims =
        new Claims(fixture.user().id(), fixture.session(), Set.of(), ISSUED, ISSUED.plusSeconds(1));

    for (int i = 0; i < 1000; i++) {
      small.remember("token-" + i, VerifiedTokens.Verified.of(claims, key));
    }

    assertThat(small.count()).isBetween(1L, 25L);
  }

  private static void refuses(Instance instance, String token) {
    assertThatThrownBy(() -> instance.tokens.verify(token))
        .isInstanceOf(Refusal.class)
        .hasMessage(Refusal.invalidToken().getMessage());
  }
}
