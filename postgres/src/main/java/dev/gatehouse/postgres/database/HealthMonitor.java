package dev.gatehouse.postgres.database;

import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feels whether the server still answers, so that work for it can be refused at once while it does
/// not. A server that hangs tells no one: its connections stay open, and each caller would find out
/// for itself, at the end of the statement time-out. Owns one thread and one connection outside the
/// pool, on which it asks four times a second.
///
/// One question without an answer in time, or a connection that cannot be made, and the server
/// counts as away; an answer of any kind, and it is back. A fault of the monitor itself says
/// nothing about the server, so that work is then let through.
final class HealthMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration INTERVAL_WHILE_AWAY = Duration.ofMillis(100);

  /// A server so busy that it takes longer is of no use to requests either.
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Sql QUESTION = Sql.of("SELECT 1");

  private final ServerConnections connections;
  private final Runnable lost;
  private final PeriodicTask task;
  private @Nullable Connection connection;
  private volatile boolean away;

  private HealthMonitor(PostgresSettings settings, Runnable lost, PeriodicTasks tasks) {
    this.connections = new ServerConnections(settings);
    this.connections.setConnectTimeout((int) TIMEOUT.toSeconds());
    this.connections.setSocketTimeout((int) TIMEOUT.toSeconds());
    this.lost = lost;
    this.task =
        tasks
            .task("database-monitor")
            .every(INTERVAL)
            .whileFailing(INTERVAL_WHILE_AWAY)
            .delayed()
            .reportTo(new Reports())
            .start(this::probe);
  }

  /// Begins to feel.
  ///
  /// @param lost called each time the server could not be reached anew either: whatever still waits
  ///     for it waits in vain
  static HealthMonitor start(PostgresSettings settings, Runnable lost, PeriodicTasks tasks) {
    return new HealthMonitor(settings, lost, tasks);
  }

  /// Refuses work while the server is away. Costs one read; thread-safe.
  void require() throws SQLException {
    if (away) {
      throw new ServerAway();
    }
  }

  @Override
  public void close() {
    task.close();
    disconnect();
  }

  private void probe() throws SQLException {
    try {
      if (connection == null) {
        connect();
      } else {
        ask(connection);
      }
    } catch (RuntimeException | Error unexpected) {
      away = false;
      disconnect();
      throw unexpected;
    }
  }

  private void connect() throws SQLException {
    try {
      connection = connections.probe();
      connection.setNetworkTimeout(Runnable::run, (int) TIMEOUT.toMillis());
      away = false;
    } catch (SQLException failure) {
      disconnect();
      if (!SqlErrors.isServerAway(failure)) {
        away = false;
        return;
      }
      away = true;
      lost.run();
      throw failure;
    }
  }

  /// A connection that merely broke says nothing about the server: the next one tells.
  private void ask(Connection open) throws SQLException {
    try {
      new Statements(open).first(QUESTION.call(), row -> row.getInt(1));
    } catch (SQLException failure) {
      disconnect();
      if (failure.getCause() instanceof SocketTimeoutException) {
        away = true;
        throw failure;
      }
    }
  }

  private void disconnect() {
    Connection dropped = connection;
    connection = null;
    if (dropped == null) {
      return;
    }
    try {
      dropped.close();
    } catch (SQLException broken) {
      log.debug("The connection of the database monitor was broken", broken);
    }
  }

  /// What the log says of the server, and of the monitor itself.
  private static final class Reports implements PeriodicTaskListener {
    @Override
    public void outageBegan(String name, Throwable cause) {
      if (cause instanceof SQLException) {
        log.warn("PostgreSQL does not answer; what needs it is refused: {}", cause.getMessage());
      } else {
        log.error("The database monitor failed; it goes on", cause);
      }
    }

    @Override
    public void outageEnded(String name, int failures, Duration lasted) {
      log.info("PostgreSQL answers again");
    }
  }

  /// Thrown at the rate of requests, so without a stack trace.
  private static final class ServerAway extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1L;

    ServerAway() {
      super("PostgreSQL does not answer");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
