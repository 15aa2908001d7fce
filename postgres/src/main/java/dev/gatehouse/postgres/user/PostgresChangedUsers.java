package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.ChangedUser;
import dev.gatehouse.accounts.user.ChangedUsers;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.cleanup.ExpiredRows;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.database.SecondWay;
import dev.gatehouse.postgres.database.ServerGuard;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.SqlErrors;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.feed.FeedTable;
import dev.gatehouse.postgres.feed.FeedTable.Cursor;
import dev.gatehouse.postgres.feed.FeedTable.Reading;
import dev.gatehouse.postgres.feed.Horizon;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The changes of users on PostgreSQL, read over one connection outside the pool, so that no crowd
/// of requests can keep them waiting. [FeedTable] says in which order, [SecondWay] what happens
/// when a reading takes long.
public final class PostgresChangedUsers implements ChangedUsers, AutoCloseable {
  /// Keeps changes for an hour more than the longest life of a cached user.
  public static final Cleanup CLEANUP =
      ExpiredRows.olderThan(Duration.ofHours(25), "user_changes", "changed_at");

  private static final Sql HERE =
      Sql.of(
          """
          SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next,
            ARRAY(SELECT pg_snapshot_xip(pg_current_snapshot()))::text AS running,
            pg_is_in_recovery() AS standby,
            coalesce((SELECT max(position) FROM user_changes WHERE position > 0), 0) AS newest
          """);

  private static final Sql START =
      Sql.of(
          """
          SELECT user_id, version FROM user_changes
          WHERE changed_at > now() - :window_ms * interval '1 millisecond'
            OR (position > 0 AND position > :above)
          """);

  private static final Sql SINCE =
      Sql.of(
          """
          SELECT user_id, version FROM user_changes
          WHERE position > 0 AND (
            (xid >= :next::xid8
              AND xid < pg_snapshot_xmax(pg_current_snapshot()))
            OR xid = ANY (:running::xid8[])
            OR position > :above)
          """);

  /// What a start reads whatever the clocks say: few enough for a cache to remember beside its own.
  private static final long REREAD = 10_000;

  private static final FeedTable<ChangedUser> TABLE =
      new FeedTable<>(HERE, START, SINCE, REREAD, PostgresChangedUsers::changedUser);

  private final SecondWay database;
  private final Horizon horizon = new Horizon(System::nanoTime);
  private @Nullable Cursor cursor;

  public PostgresChangedUsers(PostgresSettings settings) {
    this(settings, new ServerGuard());
  }

  /// With a guard that checks each new connection.
  public PostgresChangedUsers(PostgresSettings settings, ServerGuard guard) {
    database = new SecondWay(settings, guard);
  }

  @Override
  public synchronized void read(Duration memory, Consumer<ChangedUser> listener) {
    try {
      Reading<ChangedUser> reading =
          database.ask((connection, fresh) -> reading(connection, fresh, memory));
      reading.rows().forEach(listener);
      cursor = reading.next();
      horizon.observe(reading.next());
    } catch (SQLException failure) {
      throw SqlErrors.from(failure);
    }
  }

  /// How long the oldest transaction that holds the cursor back has been open.
  public Duration horizonAge() {
    return horizon.age();
  }

  /// Gives up a reading under way.
  @Override
  public void close() {
    database.close();
  }

  private Reading<ChangedUser> reading(Connection connection, boolean fresh, Duration memory)
      throws SQLException {
    var statements = new Statements(connection);
    Cursor last = cursor;
    if (last == null) {
      return TABLE.start(statements, memory);
    }
    return fresh ? TABLE.resume(statements, last, memory) : TABLE.next(statements, last);
  }

  private static ChangedUser changedUser(ResultSet row) throws SQLException {
    var id = new UserId(row.getObject("user_id", UUID.class));
    long version = row.getLong("version");
    return new ChangedUser(id, row.wasNull() ? OptionalLong.empty() : OptionalLong.of(version));
  }
}
