package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import java.time.Duration;
import java.time.Instant;
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

/// What every store of sessions does.
public abstract class SessionsContract {
  private static final PasswordHash HASH = Sample.hash("first");

  private static final Duration IDLE = Duration.ofDays(30);
  private static final int MOST_WITHIN_GRACE = 64;
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();
  private final Map<SessionId, RefreshToken> firsts = new HashMap<>();
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
  void continuesASessionWithItsCurrentToken() {
    Session session = opened(Sample.NOON);
    Instant later = Sample.NOON.plus(Duration.ofHours(1));

    Session continued = continued(rotate(first(session), later, GRACE));

    assertThat(continued.lastUsedAt()).isEqualTo(later);
    assertThat(continued.idleExpiresAt()).isEqualTo(later.plus(IDLE));
    assertThat(continued.expiresAt()).isEqualTo(session.expiresAt());
    assertThat(sessions().find(session.id(), later)).contains(continued);
  }

  @Test
  void neverPutsOffTheAbsoluteEnd() {
    Session session = opened(Sample.NOON);
    RefreshToken token = first(session);
    Instant at = Sample.NOON;
    while (at.plus(IDLE).isBefore(session.expiresAt())) {
      at = at.plus(IDLE).minusSeconds(1);
      continued(rotate(token, at, GRACE));
      token = chain.successor(token);
    }

    assertThat(sessions().find(session.id(), at).orElseThrow().idleExpiresAt())
        .isEqualTo(session.expiresAt());
    assertThat(rotate(token, session.expiresAt(), GRACE)).isEqualTo(new Rotation.Gone());
  }

  @Test
  void repeatsTheAnswerWithinTheGrace() {
    Session session = opened(Sample.NOON);
    RefreshToken first = first(session);

    Session continued = continued(rotate(first, Sample.NOON, GRACE));
    assertThat(continued(rotate(first, Sample.NOON.plusSeconds(1), GRACE))).isEqualTo(continued);
    assertThat(continued(rotate(first, Sample.NOON.plusSeconds(2), GRACE))).isEqualTo(continued);
    continued(rotate(chain.successor(first), Sample.NOON.plusSeconds(3), GRACE));
  }

  @Test
  void repeatsTheAnswerWithinTheGraceAlsoWhenTheSuccessorWasUsed() {
    Session session = opened(Sample.NOON);
    RefreshToken first = first(session);
    RefreshToken second = chain.successor(first);
    continued(rotate(first, Sample.NOON, GRACE));
    continued(rotate(second, Sample.NOON, GRACE));

    continued(rotate(first, Sample.NOON, GRACE));
    continued(rotate(second, Sample.NOON, GRACE));
    continued(rotate(chain.successor(second), Sample.NOON, GRACE));
  }

  @Test
  void endsTheSessionWhenATokenIsUsedAgainAfterTheGrace() {
    Session session = opened(Sample.NOON);
    Session other = opened(Sample.NOON);
    RefreshToken first = first(session);
    continued(rotate(first, Sample.NOON, GRACE));

    assertThat(rotate(first, Sample.NOON, Duration.ZERO))
        .isEqualTo(new Rotation.Reused(session.id(), user.id()));

    assertThat(sessions().find(session.id(), Sample.NOON)).isEmpty();
    assertThat(rotate(chain.successor(first), Sample.NOON, GRACE)).isEqualTo(new Rotation.Gone());
    assertThat(sessions().find(other.id(), Sample.NOON)).isPresent();
  }

  @Test
  void endsTheSessionWhenAnAncestorOfLongAgoIsUsed() {
    Session session = opened(Sample.NOON);
    RefreshToken first = first(session);
    RefreshToken token = first;
    for (int i = 0; i < 40; i++) {
      continued(rotate(token, Sample.NOON, GRACE));
      token = chain.successor(token);
    }

    assertThat(rotate(first, Sample.NOON, Duration.ZERO)).isInstanceOf(Rotation.Reused.class);
  }

  @Test
  void takesNoRepetitionWithinTheGraceForTheftHoweverManyFollowed() {
    Session session = opened(Sample.NOON);
    var tokens = new ArrayList<RefreshToken>();
    tokens.add(first(session));
    for (int use = 0; use < MOST_WITHIN_GRACE; use++) {
      continued(rotate(tokens.getLast(), Sample.NOON, GRACE));
      tokens.add(chain.successor(tokens.getLast()));
    }

    assertThat(rotate(tokens.getLast(), Sample.NOON, GRACE)).isEqualTo(new Rotation.TooFrequent());
    for (RefreshToken used : tokens.subList(0, MOST_WITHIN_GRACE)) {
      continued(rotate(used, Sample.NOON, GRACE));
    }
    continued(rotate(tokens.getLast(), Sample.NOON, Duration.ZERO));
  }

  @Test
  void takesAnyUseAfterTheGraceForTheftHoweverManyFollowed() {
    for (int followers : new int[] {1, 15, 16, 17, 63, 64}) {
      Session session = opened(Sample.NOON);
      RefreshToken token = first(session);
      for (int use = 0; use < followers; use++) {
        continued(rotate(token, Sample.NOON, GRACE));
        token = chain.successor(token);
      }

      assertThat(rotate(first(session), Sample.NOON, Duration.ZERO))
          .as("after %d uses", followers)
          .isInstanceOf(Rotation.Reused.class);
    }
  }

  @Test
  void continuesNoSessionThatHasEnded() {
    Session session = opened(Sample.NOON);
    RefreshToken first = first(session);
    sessions().end(user.id(), session.id(), Sample.NOON);

    assertThat(rotate(first, Sample.NOON, GRACE)).isEqualTo(new Rotation.Gone());
  }

  @Test
  void continuesNoSessionThatWasIdleTooLong() {
    Session session = opened(Sample.NOON);

    assertThat(rotate(first(session), session.idleExpiresAt(), GRACE))
        .isEqualTo(new Rotation.Gone());
  }

  @Test
  void givesParallelUsesOfOneTokenOneSuccessor() throws Exception {
    Session session = opened(Sample.NOON);
    RefreshToken first = first(session);
    try (var parallel = Executors.newVirtualThreadPerTaskExecutor()) {
      var uses =
          Collections.nCopies(50, (Callable<Rotation>) () -> rotate(first, Sample.NOON, GRACE));
      for (var use : parallel.invokeAll(uses)) {
        continued(use.get());
      }
    }

    continued(rotate(chain.successor(first), Sample.NOON, GRACE));
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
    RefreshToken token = chain.first(session.id());
    assertThat(sessions().open(session, token, HASH)).isTrue();
    firsts.put(session.id(), token);
    return session;
  }

  private RefreshToken first(Session session) {
    return Objects.requireNonNull(firsts.get(session.id()));
  }

  private Rotation rotate(RefreshToken used, Instant at, Duration grace) {
    return sessions().rotate(used, chain.successor(used), at, IDLE, grace);
  }

  private Session continued(Rotation rotation) {
    assertThat(rotation).isInstanceOf(Rotation.Continued.class);
    var continued = (Rotation.Continued) rotation;
    assertThat(continued.user()).isEqualTo(user);
    return continued.session();
  }
}
