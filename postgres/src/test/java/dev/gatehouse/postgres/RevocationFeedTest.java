package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.application.RecentRevocations;
import dev.gatehouse.accounts.model.Session;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RevocationFeedTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RecentRevocations revocations = new RecentRevocations(KEPT, InstantSource.system());

  @Test
  void hearsOfASessionThatEndsElsewhere() throws InterruptedException {
    Session session = opened();
    try (var feed = RevocationFeed.start(DATABASE.settings(), revocations, KEPT)) {
      assertThat(feed.awaitLoaded(PATIENCE)).isTrue();
      assertThat(revocations.contains(session.id())).isFalse();

      end(session);

      await().atMost(PATIENCE).until(() -> revocations.contains(session.id()));
    }
  }

  @Test
  void knowsWhatEndedBeforeItStarted() throws InterruptedException {
    Session session = opened();
    end(session);

    try (var feed = RevocationFeed.start(DATABASE.settings(), revocations, KEPT)) {
      assertThat(feed.awaitLoaded(PATIENCE)).isTrue();
      assertThat(revocations.contains(session.id())).isTrue();
    }
  }

  @Test
  void missesNothingWhileItsConnectionIsLost() throws Exception {
    Session first = opened();
    Session second = opened();
    try (var feed = RevocationFeed.start(DATABASE.settings(), revocations, KEPT)) {
      assertThat(feed.awaitLoaded(PATIENCE)).isTrue();
      cutListeners();
      end(first);
      await().atMost(PATIENCE).until(() -> revocations.contains(first.id()));

      cutListeners();
      end(second);
      await().atMost(PATIENCE).until(() -> revocations.contains(second.id()));
    }
  }

  @Test
  void seesARevocationThatCommitsLaterThanOthers() throws Exception {
    Session late = opened();
    Session early = opened();
    try (var feed = RevocationFeed.start(DATABASE.settings(), revocations, KEPT);
        var slow = DATABASE.connect()) {
      assertThat(feed.awaitLoaded(PATIENCE)).isTrue();
      slow.setAutoCommit(false);
      try (var insert = slow.prepareStatement("INSERT INTO revocations (session_id) VALUES (?)")) {
        insert.setObject(1, late.id().value());
        insert.executeUpdate();
      }
      end(early);
      await().atMost(PATIENCE).until(() -> revocations.contains(early.id()));

      slow.commit();

      await().atMost(PATIENCE).until(() -> revocations.contains(late.id()));
    }
  }

  @Test
  void stopsAtOnce() throws InterruptedException {
    var feed = RevocationFeed.start(DATABASE.settings(), revocations, KEPT);
    assertThat(feed.awaitLoaded(PATIENCE)).isTrue();

    long start = System.nanoTime();
    feed.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  private static Session opened() {
    User user = Sample.user();
    new PostgresUsers(DATABASE.get()).add(user, Sample.hash("first"));
    Session session = Sample.session(user.id(), Sample.NOON);
    var sessions = new PostgresSessions(DATABASE.get());
    assertThat(sessions.open(session, Sample.token(session), Sample.hash("first"))).isTrue();
    return session;
  }

  private static void end(Session session) {
    assertThat(new PostgresSessions(DATABASE.get()).end(session.user(), session.id(), Sample.NOON))
        .isTrue();
  }

  private static void cutListeners() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND (query LIKE 'LISTEN%' OR query LIKE '%FROM revocations WHERE revoked_at >%')
          """);
    }
  }
}
