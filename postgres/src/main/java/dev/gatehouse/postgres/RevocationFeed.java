package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.Revocations;
import dev.gatehouse.accounts.model.SessionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells this instance which sessions have ended on any other. Owns one thread and one connection
/// outside the pool: it listens for notices and, notice or not, reads the table of revocations once a
/// second. It begins with all that can still matter, so that a restart forgets nothing, and after a
/// lost connection it reads on from where it was.
public final class RevocationFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);
  private static final Duration RHYTHM = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /// A revocation carries the time of its statement and is seen from its commit on, which the
  /// statement time-out allows to be some seconds later: so each reading looks back that far.
  private static final Duration LOOK_BACK = Duration.ofSeconds(30);

  private static final Sql LISTEN = Sql.of("LISTEN gatehouse_revocations");

  private static final Sql NOW = Sql.of("SELECT clock_timestamp() AS now");

  private static final Sql SINCE =
      Sql.of("SELECT session_id, revoked_at FROM revocations WHERE revoked_at > :since");

  private final ServerConnections connections;
  private final Revocations revocations;
  private final Duration kept;
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean open = true;
  private Instant seenUntil = Instant.MIN;

  private RevocationFeed(PostgresSettings settings, Revocations revocations, Duration kept) {
    this.connections = new ServerConnections(settings);
    this.revocations = revocations;
    this.kept = kept;
    this.thread = Thread.ofVirtual().name("revocation-feed").unstarted(this::follow);
  }

  /// Starts to follow.
  ///
  /// @param revocations told of each ended session, more than once
  /// @param kept how long a revocation matters: the life of an access token
  public static RevocationFeed start(
      PostgresSettings settings, Revocations revocations, Duration kept) {
    var feed = new RevocationFeed(settings, revocations, kept);
    feed.thread.start();
    return feed;
  }

  /// Waits until all that matters has been read once; before that, this instance may not serve.
  ///
  /// @return whether it was in time
  public boolean awaitLoaded(Duration patience) throws InterruptedException {
    return loaded.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
    try {
      thread.join(LONGEST_STOP);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    boolean away = false;
    while (open) {
      try (Connection connection = connections.getConnection()) {
        var statements = new Statements(connection);
        listen(statements);
        read(statements);
        if (away) {
          LOG.info("The revocation feed is back");
          away = false;
        }
        followOn(connection, statements);
      } catch (SQLException lost) {
        if (open && !away) {
          LOG.warn("The revocation feed lost the database and tries again", lost);
          away = true;
        }
        pause();
      }
    }
  }

  private void followOn(Connection connection, Statements statements) throws SQLException {
    var notices = connection.unwrap(PGConnection.class);
    while (open) {
      notices.getNotifications((int) RHYTHM.toMillis());
      read(statements);
    }
  }

  private static void listen(Statements statements) throws SQLException {
    statements.update(LISTEN.call());
  }

  private void read(Statements statements) throws SQLException {
    if (seenUntil.equals(Instant.MIN)) {
      seenUntil = now(statements).minus(kept);
    }
    var call = SINCE.with("since", seenUntil.minus(LOOK_BACK));
    var found =
        statements.query(
            call,
            row ->
                new Revocation(
                    new SessionId(row.getObject("session_id", UUID.class)),
                    Times.instant(row, "revoked_at")));
    revocations.add(found.stream().map(Revocation::session).toList());
    found.stream()
        .map(Revocation::at)
        .filter(at -> at.isAfter(seenUntil))
        .max(Instant::compareTo)
        .ifPresent(latest -> seenUntil = latest);
    loaded.countDown();
  }

  private static Instant now(Statements statements) throws SQLException {
    return statements.first(NOW.call(), row -> Times.instant(row, "now")).orElseThrow();
  }

  private void pause() {
    try {
      Thread.sleep(RHYTHM);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private record Revocation(SessionId session, Instant at) {}
}
