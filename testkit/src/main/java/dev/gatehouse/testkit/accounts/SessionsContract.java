package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract of stores of sessions.
public abstract class SessionsContract {
  private static final PasswordHash HASH = Sample.hash("first");

  private static final Duration IDLE = Sample.LIFETIME.idle();
  private static final Duration ABSOLUTE = Sample.LIFETIME.absolute();
  private static final int MOST_WITHIN_GRACE = 64;
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();
  private final Map<SessionId, RefreshToken> firsts = new HashMap<>();
  private User user = Sample.user();

  /// The users of the same store.
  protected abstract Users users();

  /// The store under test; may hold other sessions.
  protected abstract Sessions sessions();

  /// Makes the sessions of a user older; those of others may age too.
  protected abstract void age(UserId user, Duration age);

  @BeforeEach
  void registerUser() {
    user = users().add(Sample.newUser(), HASH);
  }

  @Test
  void findsAnOpenSession() {
    Session session = opened();

    assertThat(sessions().find(session.id())).contains(session);
    assertThat(session.lastUsedAt()).isEqualTo(session.createdAt());
    assertThat(session.idleExpiresAt()).isEqualTo(session.createdAt().plus(IDLE));
    assertThat(session.expiresAt()).isEqualTo(session.createdAt().plus(ABSOLUTE));
  }

  @Test
  void opensNoSessionThatIsIdleForLongerThanItLives() {
    NewSession session = Sample.session(user.id());
    var lifetime = new SessionLifetime(/* idle= */ ABSOLUTE, /* absolute= */ IDLE);

    Session opened = sessions().open(session, lifetime, Sample.token(session), HASH).orElseThrow();

    assertThat(opened.idleExpiresAt()).isEqualTo(opened.expiresAt());
    assertThat(opened.expiresAt()).isEqualTo(opened.createdAt().plus(IDLE));
  }

  @Test
  void opensNothingWhenThePasswordIsNoLongerTheVerifiedOne() {
    NewSession session = Sample.session(user.id());

    assertThat(open(session, Sample.hash("other"))).isEmpty();
    assertThat(sessions().find(session.id())).isEmpty();
  }

  @Test
  void opensNothingForAUserThatIsGone() {
    users().remove(user.id());

    assertThat(open(Sample.session(user.id()), HASH)).isEmpty();
  }

  @Test
  void opensNothingWithAPasswordThatWasChanged() {
    users().changePassword(user.id(), HASH, Sample.hash("new"), Optional.empty());

    assertThat(open(Sample.session(user.id()), HASH)).isEmpty();
  }

  @Test
  void forgetsASessionThatWasIdleTooLong() {
    Session session = opened();

    age(IDLE.minusMinutes(1));
    assertThat(sessions().find(session.id())).isPresent();
    age(Duration.ofMinutes(1));
    assertThat(sessions().find(session.id())).isEmpty();
    assertThat(sessions().list(user.id())).isEmpty();
    assertThat(sessions().end(user.id(), session.id())).isFalse();
  }

  @Test
  void listsTheLastUsedFirst() {
    Session older = opened();
    age(Duration.ofSeconds(60));
    Session newer = opened();

    assertThat(sessions().list(user.id()))
        .extracting(Session::id)
        .containsExactly(newer.id(), older.id());
  }

  @Test
  void listsAtMostTwoHundred() {
    for (int i = 0; i < 201; i++) {
      opened();
    }

    assertThat(sessions().list(user.id())).hasSize(200);
  }

  @Test
  void continuesASessionWithItsCurrentToken() {
    Session session = opened();
    age(Duration.ofHours(1));

    Session continued = continued(rotate(first(session), GRACE));

    assertThat(continued.lastUsedAt())
        .isAfterOrEqualTo(continued.createdAt().plus(Duration.ofHours(1)));
    assertThat(continued.idleExpiresAt()).isEqualTo(continued.lastUsedAt().plus(IDLE));
    assertThat(continued.expiresAt()).isEqualTo(continued.createdAt().plus(ABSOLUTE));
    assertThat(sessions().find(session.id())).contains(continued);
  }

  @Test
  void neverDelaysTheAbsoluteEnd() {
    Session session = opened();
    RefreshToken token = first(session);
    for (int use = 0; use < 3; use++) {
      age(IDLE.minusMinutes(1));
      continued(rotate(token, GRACE));
      token = chain.successor(token);
    }

    Session last = sessions().find(session.id()).orElseThrow();
    assertThat(last.idleExpiresAt()).isEqualTo(last.expiresAt());
    age(Duration.ofMinutes(3));
    assertThat(rotate(token, GRACE)).isEqualTo(new Rotation.Gone());
  }

  @Test
  void repeatsTheResponseWithinTheGrace() {
    Session session = opened();
    RefreshToken first = first(session);

    Session continued = continued(rotate(first, GRACE));
    assertThat(continued(rotate(first, GRACE))).isEqualTo(continued);
    assertThat(continued(rotate(first, GRACE))).isEqualTo(continued);
    continued(rotate(chain.successor(first), GRACE));
  }

  @Test
  void repeatsTheResponseWithinTheGraceAlsoAfterUseOfTheSuccessor() {
    Session session = opened();
    RefreshToken first = first(session);
    RefreshToken second = chain.successor(first);
    continued(rotate(first, GRACE));
    continued(rotate(second, GRACE));

    continued(rotate(first, GRACE));
    continued(rotate(second, GRACE));
    continued(rotate(chain.successor(second), GRACE));
  }

  @Test
  void endsTheSessionWhenATokenIsUsedAgainAfterTheGrace() {
    Session session = opened();
    Session other = opened();
    RefreshToken first = first(session);
    continued(rotate(first, GRACE));

    age(GRACE);
    assertThat(rotate(first, GRACE)).isEqualTo(new Rotation.Reused(session.id(), user.id()));

    assertThat(sessions().find(session.id())).isEmpty();
    assertThat(rotate(chain.successor(first), GRACE)).isEqualTo(new Rotation.Gone());
    assertThat(sessions().find(other.id())).isPresent();
  }

  @Test
  void endsTheSessionWhenAnAncestorOfLongAgoIsUsed() {
    Session session = opened();
    RefreshToken first = first(session);
    RefreshToken token = first;
    for (int i = 0; i < 40; i++) {
      continued(rotate(token, GRACE));
      token = chain.successor(token);
    }

    assertThat(rotate(first, Duration.ZERO)).isInstanceOf(Rotation.Reused.class);
  }

  @Test
  void takesNoRepetitionWithinTheGraceForTheftHoweverManyFollowed() {
    Session session = opened();
    var tokens = new ArrayList<RefreshToken>();
    tokens.add(first(session));
    for (int use = 0; use < MOST_WITHIN_GRACE; use++) {
      continued(rotate(tokens.getLast(), GRACE));
      tokens.add(chain.successor(tokens.getLast()));
    }

    assertThat(rotate(tokens.getLast(), GRACE)).isEqualTo(new Rotation.TooFrequent());
    for (RefreshToken used : tokens.subList(0, MOST_WITHIN_GRACE)) {
      continued(rotate(used, GRACE));
    }
    continued(rotate(tokens.getLast(), Duration.ZERO));
  }

  @Test
  void takesAnyUseAfterTheGraceForTheftHoweverManyFollowed() {
    for (int followers : new int[] {1, 15, 16, 17, 63, 64}) {
      Session session = opened();
      RefreshToken token = first(session);
      for (int use = 0; use < followers; use++) {
        continued(rotate(token, GRACE));
        token = chain.successor(token);
      }

      assertThat(rotate(first(session), Duration.ZERO))
          .as("after %d uses", followers)
          .isInstanceOf(Rotation.Reused.class);
    }
  }

  @Test
  void continuesNoSessionThatHasEnded() {
    Session session = opened();
    RefreshToken first = first(session);
    sessions().end(user.id(), session.id());

    assertThat(rotate(first, GRACE)).isEqualTo(new Rotation.Gone());
  }

  @Test
  void continuesNoSessionThatWasIdleTooLong() {
    Session session = opened();
    age(IDLE);

    assertThat(rotate(first(session), GRACE)).isEqualTo(new Rotation.Gone());
  }

  @Test
  void givesParallelUsesOfOneTokenOneSuccessor() throws Exception {
    Session session = opened();
    RefreshToken first = first(session);
    try (var parallel = Executors.newVirtualThreadPerTaskExecutor()) {
      var uses = Collections.nCopies(50, (Callable<Rotation>) () -> rotate(first, GRACE));
      for (var use : parallel.invokeAll(uses)) {
        continued(use.get());
      }
    }

    continued(rotate(chain.successor(first), GRACE));
  }

  @Test
  void endsASessionOnce() {
    Session session = opened();

    assertThat(sessions().end(user.id(), session.id())).isTrue();
    assertThat(sessions().find(session.id())).isEmpty();
    assertThat(sessions().end(user.id(), session.id())).isFalse();
  }

  @Test
  void endsNobodyElsesSession() {
    Session session = opened();

    assertThat(sessions().end(new UserId(Sample.id()), session.id())).isFalse();
    assertThat(sessions().find(session.id())).isPresent();
  }

  @Test
  void endsAllSessionsOfOneUser() {
    Session first = opened();
    Session second = opened();

    assertThat(sessions().endAll(user.id())).containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(sessions().list(user.id())).isEmpty();
  }

  private void age(Duration age) {
    age(user.id(), age);
  }

  private Session opened() {
    NewSession session = Sample.session(user.id());
    RefreshToken token = chain.first(session.id());
    firsts.put(session.id(), token);
    return sessions().open(session, Sample.LIFETIME, token, HASH).orElseThrow();
  }

  private Optional<Session> open(NewSession session, PasswordHash verified) {
    return sessions().open(session, Sample.LIFETIME, Sample.token(session), verified);
  }

  private RefreshToken first(Session session) {
    return Objects.requireNonNull(firsts.get(session.id()));
  }

  private Rotation rotate(RefreshToken used, Duration grace) {
    return sessions().rotate(used, chain.successor(used), IDLE, grace);
  }

  private Session continued(Rotation rotation) {
    assertThat(rotation).isInstanceOf(Rotation.Continued.class);
    var continued = (Rotation.Continued) rotation;
    assertThat(continued.user()).isEqualTo(user);
    return continued.session();
  }
}
