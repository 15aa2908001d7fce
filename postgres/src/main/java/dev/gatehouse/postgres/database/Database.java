package dev.gatehouse.postgres.database;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// The only way to run statements. A piece of work has a connection of the pool to itself while it
/// runs, on the caller's (virtual) thread. Thread-safe.
///
/// The wait for a connection ends at the acquire timeout or at the current [Deadline], whichever is
/// sooner. Time in which connections are being opened does not count ([AcquireWait]), so a burst
/// after a rest is served as a full pool serves it. Failures are thrown as a
/// [dev.gatehouse.errors.GatehouseException]; only [#read] repeats anything, and only what cannot
/// have changed anything.
///
/// The pool opens while the server is away, and refills by itself as soon as it is back. Meanwhile
/// a [HealthMonitor] detects that the server is stopped or hangs, and work that needs it is refused
/// without a wait.
public final class Database implements AutoCloseable {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);
  private static final Sql PING = Sql.of("SELECT 1");
  private final ConnectionPool pool;
  private final StatementListener listener;

  /// Bound while this thread's work holds a connection.
  private final ScopedValue<Boolean> busy = ScopedValue.newInstance();

  private Database(ConnectionPool pool, StatementListener listener) {
    this.pool = pool;
    this.listener = listener;
  }

  /// Opens the pool. Does not wait for the server.
  public static Database open(PostgresSettings settings) {
    return open(settings, (_, _) -> new IMetricsTracker() {}, StatementListener.NONE);
  }

  /// The same for a standby, whose outages are not logged here, with the monitor among the tasks of
  /// the process.
  static Database openStandby(PostgresSettings settings, PeriodicTasks tasks) {
    var reports = HealthReports.ofStandby();
    var pool =
        ConnectionPool.open(
            settings, new ServerGuard(), (_, _) -> new IMetricsTracker() {}, reports, tasks);
    return new Database(pool, StatementListener.NONE);
  }

  /// Opens the pool. Does not wait for the server.
  ///
  /// @param metrics counts and times what happens in the pool
  /// @param statements follows what is sent to the server
  public static Database open(
      PostgresSettings settings, MetricsTrackerFactory metrics, StatementListener statements) {
    var tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
    return open(settings, new ServerGuard(), metrics, statements, tasks);
  }

  /// The same, with the monitor among the tasks of the process.
  ///
  /// @param guard refuses a server that is behind
  public static Database open(
      PostgresSettings settings,
      ServerGuard guard,
      MetricsTrackerFactory metrics,
      StatementListener statements,
      PeriodicTasks tasks) {
    var reports = HealthReports.ofPrimary();
    return new Database(ConnectionPool.open(settings, guard, metrics, reports, tasks), statements);
  }

  /// Checks whether the server responds, for readiness checks.
  ///
  /// @throws dev.gatehouse.errors.Unavailable when it does not
  public void ping() {
    read(statements -> statements.first(PING.call(), row -> row.getInt(1)));
  }

  /// Does work of a single query. When the connection turns out to be dead, as after a restart of
  /// the server, the query is sent once more, over another one: it changes nothing.
  public <T> T read(Work<T> work) {
    return onConnection(
        () -> {
          try {
            return autocommitted(work);
          } catch (SQLException failure) {
            if (!SqlErrors.isDeadConnection(failure)) {
              throw failure;
            }
            return autocommitted(work);
          }
        });
  }

  /// Does work of a single statement, which is its own transaction.
  public <T> T write(Work<T> work) {
    return onConnection(() -> autocommitted(work));
  }

  /// Does work whose statements are transactions by themselves and may be repeated. When a server
  /// process does not respond for a second, the work is repeated over a new connection outside the
  /// pool, where no process can be the one that hangs, and where a server that is slow for all has
  /// the usual time.
  public <T> T writePromptly(Work<T> work) {
    return onConnection(
        () -> {
          try {
            return pool.with(connection -> promptly(connection, work));
          } catch (SQLException failure) {
            if (!SqlErrors.isDeadConnection(failure)) {
              throw failure;
            }
            return pool.withNew(connection -> work.with(new Statements(connection, listener)));
          }
        });
  }

  /// Does work of several statements in one transaction (read committed).
  public <T> T transaction(Work<T> work) {
    return onConnection(
        () ->
            pool.with(
                connection -> {
                  connection.setAutoCommit(false);
                  return committed(connection, work);
                }));
  }

  @Override
  public void close() {
    pool.close();
  }

  /// How many connections are in use at this moment.
  int activeConnections() {
    return pool.active();
  }

  private <T> T onConnection(ScopedValue.CallableOp<T, SQLException> work) {
    if (busy.isBound()) {
      throw new Fault("a request asked for a second connection while it held one");
    }
    try {
      return ScopedValue.where(busy, true).call(work);
    } catch (SQLException failure) {
      if (SqlErrors.isDemotion(failure)) {
        // Every connection leads to a server that is no longer the primary.
        pool.replaceConnections();
      }
      throw SqlErrors.from(failure);
    }
  }

  private <T> T autocommitted(Work<T> work) throws SQLException {
    return pool.with(connection -> work.with(new Statements(connection, listener)));
  }

  /// The pool resets the timeout when the connection is returned.
  private <T> T promptly(Connection connection, Work<T> work) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) LONGEST_SILENCE.toMillis());
    return work.with(new Statements(connection, listener));
  }

  private <T> T committed(Connection connection, Work<T> work) throws SQLException {
    try {
      T result = work.with(new Statements(connection, listener));
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException failure) {
      rollBack(connection, failure);
      throw failure;
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /// Work on one connection.
  @FunctionalInterface
  public interface Work<T> {
    T with(Statements statements) throws SQLException;
  }
}
