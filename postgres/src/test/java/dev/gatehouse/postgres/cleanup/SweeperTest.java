package dev.gatehouse.postgres.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.registration.IdempotencyState;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.flow.PostgresFlows;
import dev.gatehouse.postgres.registration.PostgresIdempotencyRecords;
import dev.gatehouse.postgres.registration.RegistrationRows;
import dev.gatehouse.postgres.revocation.RevocationFeed;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.session.SessionRows;
import dev.gatehouse.postgres.user.PostgresChangedUsers;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

public final class SweeperTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();
  private static final PasswordHash HASH = Sample.hash("first");
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Duration LONG = Duration.ofDays(365);

  /// How far a clock may be off that decides nothing.
  public static final List<Duration> WRONG =
      Stream.of(
              Duration.ofSeconds(31), Duration.ofHours(1), Duration.ofDays(31), Duration.ofDays(91))
          .flatMap(ahead -> Stream.of(ahead, ahead.negated()))
          .toList();

  private final PostgresSessions sessions = new PostgresSessions(DATABASE.get());

  @Test
  void removesExpiredSessionsAndNoOthers() {
    User user = new PostgresUsers(DATABASE.get()).add(Sample.newUser(), HASH);
    for (int i = 0; i < 1100; i++) {
      opened(user);
    }
    SessionRows.age(DATABASE.get(), user.id(), Duration.ofDays(2));
    Session live = opened(user);
    SessionRows.age(DATABASE.get(), user.id(), Duration.ofDays(30).minusMinutes(5));

    assertThat(sweep(FOREVER)).isEqualTo(1100);

    assertThat(sessions.list(user.id())).extracting(Session::id).containsExactly(live.id());
    assertThat(sweep(FOREVER)).isZero();
  }

  /// A refresh does not write the date, and the release before does not know it.
  @Test
  void looksLaterAtASessionThatGoesOn() throws SQLException {
    User user = new PostgresUsers(DATABASE.get()).add(Sample.newUser(), HASH);
    Session live = opened(user);
    execute("UPDATE sessions SET cleanup_on = DEFAULT WHERE id = '%s'".formatted(live.id()));

    assertThat(sweep(FOREVER)).isZero();

    assertThat(cleanupDays(live)).isEqualTo(31);
    assertThat(sessions.find(live.id())).contains(live);
    sessions.endAll(user.id());
    sweep(Duration.ZERO);
  }

  private static int cleanupDays(Session session) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT cleanup_on - CURRENT_DATE FROM sessions WHERE id = '%s'"
                    .formatted(session.id()))) {
      row.next();
      return row.getInt(1);
    }
  }

  /// Rows of every table that is cleaned up, each of them old enough to go.
  @Test
  void removesNothingWhileTheClockOfTheInstanceIsAnother() throws SQLException {
    User user = new PostgresUsers(DATABASE.get()).add(Sample.newUser(), HASH);
    opened(user);
    SessionRows.age(DATABASE.get(), user.id(), Duration.ofDays(32));
    execute(
        """
        INSERT INTO revocations (session_id, revoked_at)
        VALUES (gen_random_uuid(), now() - interval '2 days')
        """);
    execute(
        """
        INSERT INTO registrations (key, request, user_id, registered_at)
        VALUES ('long ago', 'request', gen_random_uuid(), now() - interval '2 days')
        """);
    execute("INSERT INTO user_changes VALUES (now() - interval '2 days', gen_random_uuid())");
    insertFlow("2 days");
    insertWrongCodes("31 days");

    for (Duration offset : WRONG) {
      assertThat(Sweeper.sweep(DATABASE.get(), all(FOREVER), () -> Instant.now().plus(offset)))
          .isZero();
    }

    assertThat(sweep(FOREVER)).isEqualTo(6);
  }

  @Test
  void removesFlowsADayAfterTheirEndAndWrongCodesAfterAMonth() throws SQLException {
    insertFlow("25 hours");
    insertFlow("23 hours");
    insertWrongCodes("31 days");
    insertWrongCodes("29 days");

    assertThat(sweep(FOREVER)).isEqualTo(2);

    execute("DELETE FROM flows");
    execute("DELETE FROM code_failures");
  }

  private static void insertFlow(String expiredFor) throws SQLException {
    execute(
        """
        INSERT INTO flows (id, kind, email, email_canonical, link_hash, code_expires_at, expires_at)
        VALUES (gen_random_uuid(), 'sign_in', 'a@example.org', 'a@example.org', sha256('token'),
          now() - interval '%1$s', now() - interval '%1$s')
        """
            .formatted(expiredFor));
  }

  private static void insertWrongCodes(String age) throws SQLException {
    execute(
        """
        INSERT INTO code_failures
        VALUES (gen_random_uuid()::text, 1, now(), now() - interval '%s')
        """
            .formatted(age));
  }

  @Test
  void removesRevocationsThatNoLongerMatter() {
    User user = new PostgresUsers(DATABASE.get()).add(Sample.newUser(), HASH);
    Session session = opened(user);
    sessions.end(user.id(), session.id());

    assertThat(sweep(FOREVER)).isZero();
    assertThat(sweep(Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void removesChangesThatNoCacheCanHaveMissed() throws SQLException {
    execute(
        """
        INSERT INTO user_changes (changed_at, user_id)
        SELECT now() - n * interval '1 hour', gen_random_uuid() FROM generate_series(23, 27) AS n
        """);

    assertThat(sweep(FOREVER)).isEqualTo(3);
    assertThat(sweep(FOREVER)).isZero();
  }

  @Test
  void removesRegistrationsAfterADayAndClaimsThatHaveEnded() {
    var registrations = new PostgresIdempotencyRecords(DATABASE.get());
    register(registrations, "old");
    RegistrationRows.age(DATABASE.get(), Duration.ofHours(1));
    register(registrations, "of yesterday");
    RegistrationRows.age(DATABASE.get(), Duration.ofHours(24));
    UserId claimant = Sample.user().id();
    registrations.claim("ended", claimant, LONG, Duration.ZERO);
    registrations.claim("in force", claimant, LONG, Duration.ofMinutes(5));

    assertThat(sweep(FOREVER)).isEqualTo(2);

    assertThat(registrations.find("old", LONG)).isEqualTo(new IdempotencyState.Unused());
    assertThat(registrations.find("of yesterday", LONG))
        .isInstanceOf(IdempotencyState.Registered.class);
    assertThat(registrations.find("in force", LONG)).isEqualTo(new IdempotencyState.Claimed());
    registrations.release("in force", claimant);
  }

  private static void register(PostgresIdempotencyRecords registrations, String key) {
    var added = registrations.add(Sample.newUser(), HASH, key, "request", LONG);
    assertThat(added).isPresent();
  }

  private static int sweep(Duration kept) {
    return Sweeper.sweep(DATABASE.get(), all(kept), InstantSource.system());
  }

  /// What an instance deletes.
  ///
  /// @param kept for how long revocations are kept
  public static List<Cleanup> all(Duration kept) {
    return List.of(
        PostgresSessions.CLEANUP,
        RevocationFeed.cleanup(kept),
        PostgresIdempotencyRecords.CLEANUP,
        PostgresFlows.CLEANUP,
        PostgresFlows.FAILURES_CLEANUP,
        PostgresChangedUsers.CLEANUP,
        AuditRetention.STANDARD);
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Session opened(User user) {
    return Sample.opened(sessions, user.id(), HASH);
  }
}
