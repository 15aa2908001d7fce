package dev.gatehouse.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The pool of connections with its queue, its metrics and the monitor of its server. Thread-safe.
final class ConnectionPool implements AutoCloseable {
  private static final Duration LEAST_HIKARI_TIMEOUT = Duration.ofMillis(250);

  /// How long a caller waits for a connection before it looks at the server again.
  private static final long CHECK_MILLIS = 50;

  private final ServerConnections connections;
  private final HikariDataSource pool;
  private final PoolQueue queue;
  private final PoolMetrics metrics;
  private final Duration acquireTimeout;
  private final HealthMonitor monitor;

  private ConnectionPool(
      PostgresSettings settings,
      ServerGuard guard,
      MetricsTrackerFactory metrics,
      HealthReports reports,
      PeriodicTasks tasks) {
    this.connections = new ServerConnections(settings, guard);
    this.queue = new PoolQueue(settings.maxOpen());
    this.metrics = new PoolMetrics(metrics, queue);
    this.acquireTimeout = settings.acquireTimeout();
    this.pool = new HikariDataSource(configuration(settings));
    this.monitor = HealthMonitor.start(settings, guard, this::abandon, reports, tasks);
  }

  /// Opens the pool. Does not wait for the server.
  ///
  /// @param guard checks each connection before its first use
  static ConnectionPool open(
      PostgresSettings settings,
      ServerGuard guard,
      MetricsTrackerFactory metrics,
      HealthReports reports,
      PeriodicTasks tasks) {
    return new ConnectionPool(settings, guard, metrics, reports, tasks);
  }

  private HikariConfig configuration(PostgresSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("gatehouse");
    config.setDataSource(connections);
    config.setMaximumPoolSize(settings.maxOpen());
    config.setMinimumIdle(settings.minIdle());
    config.setMaxLifetime(settings.maxLifetime().toMillis());
    config.setConnectionTimeout(
        Math.max(LEAST_HIKARI_TIMEOUT.toMillis(), acquireTimeout.toMillis()));
    config.setValidationTimeout(LEAST_HIKARI_TIMEOUT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setLeakDetectionThreshold(settings.leakThreshold().toMillis());
    config.setMetricsTrackerFactory(metrics);
    return config;
  }

  /// Does work with a connection, which goes back to the pool in any case.
  ///
  /// @throws SQLTransientConnectionException when none becomes free in time, or the server is away
  <T> T with(ConnectionWork<T> work) throws SQLException {
    var wait = new AcquireWait(acquireTimeout, Deadline.current(), this::growing);
    long nanos = wait.slice();
    if (nanos <= 0) {
      throw Unavailable.deadlineExceeded();
    }
    monitor.require(nanos);
    try {
      queue.enter(wait);
    } catch (SQLException late) {
      metrics.timedOut();
      throw late;
    }
    try (Connection connection = acquire(wait)) {
      metrics.acquired(wait.elapsed());
      return work.with(connection);
    } finally {
      queue.leave();
    }
  }

  /// Does work with a new connection outside the pool, which is closed in any case.
  <T> T withNew(ConnectionWork<T> work) throws SQLException {
    try (Connection connection = connections.probe()) {
      return work.with(connection);
    }
  }

  /// Whether the pool opens connections for its callers: one after the other, each in tens of
  /// milliseconds.
  private boolean growing() {
    return pool.getHikariPoolMXBean().getTotalConnections() < pool.getMaximumPoolSize()
        && !connections.failing()
        && !monitor.late();
  }

  /// The server may have stopped while the caller waited for its turn, or for a connection that is
  /// being opened.
  private Connection acquire(AcquireWait wait) throws SQLException {
    long nanos = Math.max(1, wait.slice());
    while (true) {
      monitor.require(nanos);
      try {
        return connection(nanos);
      } catch (SQLTransientConnectionException none) {
        nanos = wait.slice();
        if (nanos <= 0) {
          metrics.timedOut();
          throw none;
        }
      }
    }
  }

  /// The data source's own getConnection() knows one fixed timeout; its pool takes one per call.
  private Connection connection(long nanos) throws SQLException {
    long millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, CHECK_MILLIS);
    return ((HikariPool) pool.getHikariPoolMXBean()).getConnection(millis);
  }

  /// Breaks the connections that callers wait on in vain, and drops the idle ones.
  private void abandon() {
    connections.abort();
    replaceConnections();
  }

  /// Has each connection replaced once it is not in use.
  void replaceConnections() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /// How many connections are in use at this moment.
  int active() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    monitor.close();
    connections.close();
    pool.close();
  }

  /// Work with one connection.
  @FunctionalInterface
  interface ConnectionWork<T> {
    T with(Connection connection) throws SQLException;
  }
}
