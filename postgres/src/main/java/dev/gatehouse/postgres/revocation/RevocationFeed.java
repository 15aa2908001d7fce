package dev.gatehouse.postgres.revocation;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.cleanup.ExpiredRows;
import dev.gatehouse.postgres.database.Pooling;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.database.SecondWay;
import dev.gatehouse.postgres.database.ServerGuard;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.feed.FeedTable;
import dev.gatehouse.postgres.feed.FeedTable.Cursor;
import dev.gatehouse.postgres.feed.FeedTable.Reading;
import dev.gatehouse.postgres.feed.Horizon;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes the sessions that ended on any instance to this one. Owns one thread and one connection
/// outside the pool: it listens for notices and, notice or not, reads the table of revocations
/// twice a second. It begins with all that can still matter, so that a restart forgets nothing, and
/// after a lost connection it reads on from where it was. [FeedTable] says in which order it reads,
/// [SecondWay] what it does when a reading takes long.
public final class RevocationFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RevocationFeed.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration WHILE_FAILING = Duration.ofMillis(250);

  private static final Sql LISTEN = Sql.of("LISTEN gatehouse_revocations");

  private static final Sql HERE =
      Sql.of(
          """
          SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next,
            ARRAY(SELECT pg_snapshot_xip(pg_current_snapshot()))::text AS running,
            pg_is_in_recovery() AS standby,
            coalesce((SELECT max(position) FROM revocations WHERE position > 0), 0) AS newest
          """);

  private static final Sql START =
      Sql.of(
          """
          SELECT session_id FROM revocations
          WHERE revoked_at > now() - :window_ms * interval '1 millisecond'
            OR (position > 0 AND position > :above)
          """);

  private static final Sql SINCE =
      Sql.of(
          """
          SELECT session_id FROM revocations
          WHERE position > 0 AND (
            (xid >= :next::xid8
              AND xid < pg_snapshot_xmax(pg_current_snapshot()))
            OR xid = ANY (:running::xid8[])
            OR position > :above)
          """);

  /// What a start reads whatever the clocks say: the sessions that end within an access token's
  /// life, unless more than 600 end in each second of it.
  private static final long REREAD = 200_000;

  private static final FeedTable<SessionId> TABLE =
      new FeedTable<>(
          HERE,
          START,
          SINCE,
          REREAD,
          row -> new SessionId(row.getObject("session_id", UUID.class)));

  private final SecondWay database;
  private final boolean listens;
  private final Revocations revocations;
  private final Duration kept;
  private final Horizon horizon = new Horizon(System::nanoTime);
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final PeriodicTask task;
  private @Nullable Cursor cursor;

  /// Deletes revocations that no longer matter.
  ///
  /// @param kept how long one matters: twice the life of an access token is plenty
  public static Cleanup cleanup(Duration kept) {
    return ExpiredRows.olderThan(kept, "revocations", "revoked_at");
  }

  private RevocationFeed(
      PostgresSettings settings,
      ServerGuard guard,
      Revocations revocations,
      Duration kept,
      PeriodicTasks tasks) {
    this.database = new SecondWay(settings, guard);
    this.listens = settings.pooling() != Pooling.TRANSACTION;
    this.revocations = revocations;
    this.kept = kept;
    this.task = tasks.task("revocation-feed").whileFailing(WHILE_FAILING).start(this::follow);
  }

  /// Starts to follow.
  ///
  /// @param revocations receives each ended session, some more than once
  /// @param kept how long a revocation matters: the life of an access token
  /// @param tasks one of which this is
  public static RevocationFeed start(
      PostgresSettings settings, Revocations revocations, Duration kept, PeriodicTasks tasks) {
    return start(settings, new ServerGuard(), revocations, kept, tasks);
  }

  /// The same with a guard that checks each new connection.
  public static RevocationFeed start(
      PostgresSettings settings,
      ServerGuard guard,
      Revocations revocations,
      Duration kept,
      PeriodicTasks tasks) {
    return new RevocationFeed(settings, guard, revocations, kept, tasks);
  }

  /// Waits until all that matters has been read once; before that, this instance may not serve.
  ///
  /// @return whether it was in time
  public boolean awaitLoaded(Duration patience) throws InterruptedException {
    return loaded.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// How long the oldest transaction that holds the cursor back has been open.
  public Duration horizonAge() {
    return horizon.age();
  }

  @Override
  public void close() {
    task.close();
    database.close();
  }

  private void follow() throws SQLException {
    awaitNotice();
    read();
  }

  /// Waits on the connection for a notice, at most for the interval; a new connection is read at
  /// once.
  private void awaitNotice() {
    Optional<Connection> connection = database.connection();
    if (connection.isEmpty()) {
      return;
    }
    try {
      connection.get().unwrap(PGConnection.class).getNotifications((int) INTERVAL.toMillis());
    } catch (SQLException broken) {
      log.debug("The connection of the revocation feed broke", broken);
      database.discard();
    }
  }

  private void read() throws SQLException {
    Reading<SessionId> reading = database.ask(this::reading);
    revocations.add(reading.rows());
    cursor = reading.next();
    horizon.observe(reading.next());
    loaded.countDown();
  }

  private Reading<SessionId> reading(Connection connection, boolean fresh) throws SQLException {
    var statements = new Statements(connection);
    if (fresh && listens) {
      statements.update(LISTEN.call());
    }
    Cursor last = cursor;
    if (last == null) {
      return TABLE.start(statements, kept);
    }
    return fresh ? TABLE.resume(statements, last, kept) : TABLE.next(statements, last);
  }
}
