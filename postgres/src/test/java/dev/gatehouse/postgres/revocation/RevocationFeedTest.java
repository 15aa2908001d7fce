package dev.gatehouse.postgres.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.HungBackends;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevocationFeedTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final RecentRevocations revocations = new RecentRevocations(KEPT, System::nanoTime);

  @Test
  void hearsOfASessionThatEndsElsewhere() throws InterruptedException {
    Session session = opened();
    try (var feed = start()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      assertThat(revocations.contains(session.id())).isFalse();

      end(session);

      await().atMost(TIMEOUT).until(() -> revocations.contains(session.id()));
    }
  }

  @Test
  void knowsWhatEndedBeforeItStarted() throws InterruptedException {
    Session session = opened();
    end(session);

    try (var feed = start()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      assertThat(revocations.contains(session.id())).isTrue();
    }
  }

  @Test
  void missesNothingWhileItsConnectionIsLost() throws Exception {
    Session first = opened();
    Session second = opened();
    try (var feed = start()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      cutListeners();
      end(first);
      await().atMost(TIMEOUT).until(() -> revocations.contains(first.id()));

      cutListeners();
      end(second);
      await().atMost(TIMEOUT).until(() -> revocations.contains(second.id()));
    }
  }

  @Test
  void seesARevocationThatCommitsLaterThanOthers() throws Exception {
    Session late = opened();
    Session early = opened();
    try (var feed = start();
        var slow = DATABASE.connect()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      slow.setAutoCommit(false);
      try (var insert = slow.prepareStatement("INSERT INTO revocations (session_id) VALUES (?)")) {
        insert.setObject(1, late.id().value());
        insert.executeUpdate();
      }
      end(early);
      await().atMost(TIMEOUT).until(() -> revocations.contains(early.id()));

      slow.commit();

      await().atMost(TIMEOUT).until(() -> revocations.contains(late.id()));
    }
  }

  /// The database's clock was an hour ahead for a while, or another server's is.
  @ParameterizedTest
  @ValueSource(strings = {"1 hour", "-1 hour", "90 days", "-90 days", "infinity"})
  void isNotMisledByTheTimesOfRevocations(String ahead) throws Exception {
    Session before = opened();
    Session after = opened();
    try (var feed = start()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      insert(before, ahead);
      await().atMost(TIMEOUT).until(() -> revocations.contains(before.id()));

      end(after);

      await().atMost(TIMEOUT).until(() -> revocations.contains(after.id()));
    }
  }

  /// A transaction that began first and wrote second commits last.
  @Test
  void readsTransactionsInWhateverOrderTheyWriteAndCommit() throws Exception {
    Session first = opened();
    Session second = opened();
    Session third = opened();
    try (var feed = start();
        var early = DATABASE.connect();
        var late = DATABASE.connect()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      early.setAutoCommit(false);
      late.setAutoCommit(false);
      takeTransactionId(early);
      takeTransactionId(late);
      insert(late, first, "-10 min");
      insert(early, second, "-5 min");
      early.commit();
      await().atMost(TIMEOUT).until(() -> revocations.contains(second.id()));
      end(third);
      await().atMost(TIMEOUT).until(() -> revocations.contains(third.id()));

      late.commit();

      await().atMost(TIMEOUT).until(() -> revocations.contains(first.id()));
    }
  }

  @Test
  void aTransactionHeldOpenDelaysNothing() throws Exception {
    Session session = opened();
    Session held = opened();
    try (var feed = start();
        var elsewhere = DATABASE.connectElsewhere();
        var here = DATABASE.connect()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      elsewhere.setAutoCommit(false);
      takeTransactionId(elsewhere);
      here.setAutoCommit(false);
      insert(here, held, "0 s");

      for (int round = 0; round < 3; round++) {
        Session next = round == 0 ? session : opened();
        end(next);
        await().atMost(Duration.ofSeconds(2)).until(() -> revocations.contains(next.id()));
      }
      await().atMost(TIMEOUT).until(() -> feed.horizonAge().isPositive());
      cutListeners();
      here.commit();
      await().atMost(TIMEOUT).until(() -> revocations.contains(held.id()));
      elsewhere.commit();
      await().atMost(TIMEOUT).until(() -> feed.horizonAge().isZero());
    }
  }

  /// The connection stays open and its server process no longer responds.
  @Test
  void asksASecondWayWhenItsConnectionHangs() throws Exception {
    Session first = opened();
    Session second = opened();
    try (var feed = start()) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      end(first);
      await().atMost(TIMEOUT).until(() -> revocations.contains(first.id()));
      try (var _ = HungBackends.stop(DATABASE, "%FROM revocations%")) {
        end(second);

        await().atMost(Duration.ofSeconds(2)).until(() -> revocations.contains(second.id()));
      }
    }
  }

  @Test
  void stopsAtOnce() throws InterruptedException {
    var feed = start();
    assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();

    long start = System.nanoTime();
    feed.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  private RevocationFeed start() {
    var tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
    return RevocationFeed.start(DATABASE.settings(), revocations, KEPT, tasks);
  }

  private static Session opened() {
    User user = new PostgresUsers(DATABASE.get()).add(Sample.newUser(), Sample.hash("first"));
    var sessions = new PostgresSessions(DATABASE.get());
    return Sample.opened(sessions, user.id(), Sample.hash("first"));
  }

  private static void end(Session session) {
    assertThat(new PostgresSessions(DATABASE.get()).end(session.user(), session.id())).isTrue();
  }

  private static void insert(Session session, String ahead) throws SQLException {
    try (var connection = DATABASE.connect()) {
      insert(connection, session, ahead);
    }
  }

  /// As a server whose clock is that far ahead.
  private static void insert(Connection connection, Session session, String ahead)
      throws SQLException {
    String time = ahead.equals("infinity") ? "'infinity'" : "now() + interval '" + ahead + "'";
    try (var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO revocations (session_id, revoked_at) VALUES ('%s', %s)"
              .formatted(session.id().value(), time));
    }
  }

  private static void takeTransactionId(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
    }
  }

  private static void cutListeners() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND (query LIKE 'LISTEN%' OR query LIKE '%FROM revocations%')
          """);
    }
  }
}
