package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.Session;
import dev.gatehouse.accounts.model.Sessions;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserId;
import dev.gatehouse.accounts.model.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of sessions does.
public abstract class SessionsContract {
  private static final PasswordHash HASH = Sample.hash("first");

  private User user = Sample.user();

  /// The users of the same store.
  protected abstract Users users();

  /// The store under test; may hold other sessions.
  protected abstract Sessions sessions();

  @BeforeEach
  void registerUser() {
    user = Sample.user();
    users().add(user, HASH);
  }

  @Test
  void findsAnOpenSession() {
    Session session = opened(Sample.NOON);

    assertThat(sessions().find(session.id(), Sample.NOON)).contains(session);
  }

  @Test
  void opensNothingWhenThePasswordIsNoLongerTheVerifiedOne() {
    Session session = Sample.session(user.id(), Sample.NOON);

    assertThat(sessions().open(session, Sample.token(session), Sample.hash("other"))).isFalse();
    assertThat(sessions().find(session.id(), Sample.NOON)).isEmpty();
  }

  @Test
  void opensNothingForAUserThatIsGone() {
    users().remove(user.id(), Sample.NOON);
    Session session = Sample.session(user.id(), Sample.NOON);

    assertThat(sessions().open(session, Sample.token(session), HASH)).isFalse();
  }

  @Test
  void opensNothingWithAPasswordThatWasChanged() {
    users().changePassword(user.id(), HASH, Sample.hash("new"), Optional.empty(), Sample.NOON);
    Session session = Sample.session(user.id(), Sample.NOON);

    assertThat(sessions().open(session, Sample.token(session), HASH)).isFalse();
  }

  @Test
  void forgetsASessionThatWasIdleTooLong() {
    Session session = opened(Sample.NOON);

    assertThat(sessions().find(session.id(), session.idleExpiresAt().minusMillis(1))).isPresent();
    assertThat(sessions().find(session.id(), session.idleExpiresAt())).isEmpty();
    assertThat(sessions().list(user.id(), session.idleExpiresAt())).isEmpty();
  }

  @Test
  void listsTheLastUsedFirst() {
    Session older = opened(Sample.NOON);
    Session newer = opened(Sample.NOON.plusSeconds(60));

    assertThat(sessions().list(user.id(), Sample.NOON.plus(Duration.ofHours(1))))
        .containsExactly(newer, older);
  }

  @Test
  void listsAtMostTwoHundred() {
    for (int i = 0; i < 201; i++) {
      opened(Sample.NOON.plusSeconds(i));
    }

    assertThat(sessions().list(user.id(), Sample.NOON.plusSeconds(300))).hasSize(200);
  }

  @Test
  void endsASessionOnce() {
    Session session = opened(Sample.NOON);

    assertThat(sessions().end(user.id(), session.id(), Sample.NOON)).isTrue();
    assertThat(sessions().find(session.id(), Sample.NOON)).isEmpty();
    assertThat(sessions().end(user.id(), session.id(), Sample.NOON)).isFalse();
  }

  @Test
  void endsNobodyElsesSession() {
    Session session = opened(Sample.NOON);

    assertThat(sessions().end(new UserId(Sample.id()), session.id(), Sample.NOON)).isFalse();
    assertThat(sessions().find(session.id(), Sample.NOON)).isPresent();
  }

  @Test
  void endsAllSessionsOfOneUser() {
    Session first = opened(Sample.NOON);
    Session second = opened(Sample.NOON);

    assertThat(sessions().endAll(user.id(), Sample.NOON))
        .containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(sessions().list(user.id(), Sample.NOON)).isEmpty();
  }

  private Session opened(Instant at) {
    Session session = Sample.session(user.id(), at);
    assertThat(sessions().open(session, Sample.token(session), HASH)).isTrue();
    return session;
  }
}
