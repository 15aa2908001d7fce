package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.ChangedUser;
import dev.gatehouse.accounts.model.ChangedUsers;
import dev.gatehouse.accounts.model.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The changes of users on PostgreSQL, read over one connection outside the pool, so that no crowd of
/// requests can keep them waiting. A lost connection is made anew at the next reading.
public final class PostgresChangedUsers implements ChangedUsers, AutoCloseable {
  private static final Sql NOW = Sql.of("SELECT clock_timestamp() AS now");

  private static final Sql SINCE =
      Sql.of("SELECT user_id, version FROM user_changes WHERE changed_at > :since");

  private final ServerConnections connections;
  private @Nullable Connection connection;
  private @Nullable Instant lastRead;

  public PostgresChangedUsers(PostgresSettings settings) {
    connections = new ServerConnections(settings);
  }

  @Override
  public synchronized List<ChangedUser> within(Duration window) {
    try {
      return read(new Statements(connected()), window);
    } catch (SQLException failure) {
      disconnect();
      throw Failures.from(failure);
    }
  }

  /// Gives up connecting, and waits for a reading under way.
  @Override
  public void close() {
    connections.close();
    disconnect();
  }

  /// Goes back from the last reading when the server's clock has since been put forward, and from now
  /// when it has been put back: what was written in between bears one time or the other.
  private List<ChangedUser> read(Statements statements, Duration window) throws SQLException {
    Instant now = statements.first(NOW.call(), row -> Times.instant(row, "now")).orElseThrow();
    Instant start = lastRead != null && lastRead.isBefore(now) ? lastRead : now;
    var call = SINCE.with("since", start.minus(window));
    List<ChangedUser> changed = statements.query(call, PostgresChangedUsers::changedUser);
    lastRead = now;
    return changed;
  }

  private static ChangedUser changedUser(ResultSet row) throws SQLException {
    var id = new UserId(row.getObject("user_id", UUID.class));
    long version = row.getLong("version");
    return new ChangedUser(id, row.wasNull() ? OptionalLong.empty() : OptionalLong.of(version));
  }

  private Connection connected() throws SQLException {
    if (connection == null) {
      connection = connections.getConnection();
    }
    return connection;
  }

  private synchronized void disconnect() {
    try (var _ = connection) {
      connection = null;
    } catch (SQLException lostAnyway) {
      connection = null;
    }
  }
}
