package dev.gatehouse.testkit.accounts;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.testkit.ManualTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract of issuers of access tokens.
public abstract class AccessTokensContract {
  /// The lifetime of the tokens under test.
  protected static final Duration TTL = Duration.ofMinutes(5);

  /// The clock of the issuer under test.
  protected final ManualTime time = ManualTime.atNoon();

  private final SessionId session = new SessionId(Sample.id());

  /// The issuer under test.
  protected abstract AccessTokens tokens();

  @Test
  void saysOfATokenWhatWasIssued() {
    User user = administrator();

    var issued = tokens().issue(user, session);
    var claims = tokens().verify(issued.token());

    assertThat(claims.user()).isEqualTo(user.id());
    assertThat(claims.session()).isEqualTo(session);
    assertThat(claims.roles()).isEqualTo(user.roles());
    assertThat(claims.issuedAt()).isEqualTo(Sample.NOON);
    assertThat(claims.expiresAt()).isEqualTo(Sample.NOON.plus(TTL)).isEqualTo(issued.expiresAt());
  }

  @Test
  void saysTheSameEachTime() {
    String token = tokens().issue(Sample.user(), session).token();

    assertThat(tokens().verify(token)).isEqualTo(tokens().verify(token));
  }

  @Test
  void refusesATokenFromItsEndOn() {
    String token = tokens().issue(Sample.user(), session).token();

    time.advance(TTL.minusSeconds(1));
    assertThat(tokens().verify(token).session()).isEqualTo(session);
    time.advance(Duration.ofSeconds(1));
    assertRefused(ErrorCode.INVALID_TOKEN, () -> tokens().verify(token));
  }

  @Test
  void recallsWhatItVerifiedUntilItsEnd() {
    String token = tokens().issue(Sample.user(), session).token();
    var claims = tokens().verify(token);

    assertThat(tokens().recall(token)).contains(claims);
    assertThat(tokens().recall("unknown")).isEmpty();
    time.advance(TTL);
    assertThat(tokens().recall(token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "token", "🔑", "\u0000", "ghk_key", "ghr_token"})
  void refusesWhatIsNoToken(String text) {
    assertRefused(ErrorCode.INVALID_TOKEN, () -> tokens().verify(text));
  }

  private static User administrator() {
    User user = Sample.user();
    return new User(
        new UserId(Sample.id()),
        user.email(),
        Profile.EMPTY,
        true,
        UserStatus.ACTIVE,
        Set.of(Role.ADMIN, new Role("billing")),
        Sample.NOON,
        Sample.NOON,
        3);
  }
}
