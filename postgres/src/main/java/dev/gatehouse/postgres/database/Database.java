package dev.gatehouse.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The pool of connections, and the one way to use it. A piece of work gets a connection, blocks
/// its (virtual) thread while it runs and gives the connection back whatever happens. Thread-safe.
///
/// The wait for a connection ends at the acquire timeout or at the current [Deadline], whichever is
/// sooner; while the pool is smaller than it may become and connections can be opened, it lasts up
/// to a second, so that a burst after a rest is served as a warm pool serves it. What goes wrong is
/// thrown as a [dev.gatehouse.errors.GatehouseException]; only [#read] repeats anything, and only
/// what cannot have changed anything.
///
/// The pool opens while the server is away, and refills by itself as soon as it is back. Meanwhile
/// no one waits: a [HealthMonitor] tells that the server is stopped or hangs, and what needs it is
/// refused.
public final class Database implements AutoCloseable {
  private static final Sql PING = Sql.of("SELECT 1");
  private static final Duration PATIENCE_WHILE_GROWING = Duration.ofSeconds(1);
  private static final Duration LEAST_HIKARI_TIMEOUT = Duration.ofMillis(250);

  private final ServerConnections connections;
  private final HikariDataSource pool;
  private final PoolQueue queue;
  private final PoolMetrics metrics;
  private final Duration acquireTimeout;
  private final HealthMonitor pulse;
  private final StatementListener listener;

  /// Bound while this thread's work holds a connection.
  private final ScopedValue<Boolean> busy = ScopedValue.newInstance();

  private Database(
      ServerConnections connections,
      HikariDataSource pool,
      PoolQueue queue,
      PoolMetrics metrics,
      Duration acquireTimeout,
      StatementListener listener,
      HealthMonitor pulse) {
    this.connections = connections;
    this.pool = pool;
    this.queue = queue;
    this.metrics = metrics;
    this.acquireTimeout = acquireTimeout;
    this.listener = listener;
    this.pulse = pulse;
  }

  /// Opens the pool. Does not wait for the server.
  public static Database open(PostgresSettings settings) {
    return open(settings, new PeriodicTasks(PeriodicTaskListener.NONE));
  }

  /// The same, with the monitor among the tasks of the process.
  static Database open(PostgresSettings settings, PeriodicTasks tasks) {
    return open(settings, (_, _) -> new IMetricsTracker() {}, StatementListener.NONE, tasks);
  }

  /// Opens the pool. Does not wait for the server.
  ///
  /// @param metrics counts and times what happens in the pool
  /// @param statements follows what is sent to the server
  public static Database open(
      PostgresSettings settings, MetricsTrackerFactory metrics, StatementListener statements) {
    return open(settings, metrics, statements, new PeriodicTasks(PeriodicTaskListener.NONE));
  }

  /// The same, with the monitor among the tasks of the process.
  public static Database open(
      PostgresSettings settings,
      MetricsTrackerFactory metrics,
      StatementListener statements,
      PeriodicTasks tasks) {
    var connections = new ServerConnections(settings);
    var queue = new PoolQueue(settings.maxOpen());
    var poolMetrics = new PoolMetrics(metrics, queue);
    var config = new HikariConfig();
    config.setPoolName("gatehouse");
    config.setDataSource(connections);
    config.setMaximumPoolSize(settings.maxOpen());
    config.setMinimumIdle(settings.minIdle());
    config.setMaxLifetime(settings.maxLifetime().toMillis());
    config.setConnectionTimeout(
        Math.max(LEAST_HIKARI_TIMEOUT.toMillis(), settings.acquireTimeout().toMillis()));
    config.setValidationTimeout(LEAST_HIKARI_TIMEOUT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setLeakDetectionThreshold(settings.leakThreshold().toMillis());
    config.setMetricsTrackerFactory(poolMetrics);
    var pool = new HikariDataSource(config);
    var pulse = HealthMonitor.start(settings, () -> abandon(connections, pool), tasks);
    return new Database(
        connections, pool, queue, poolMetrics, settings.acquireTimeout(), statements, pulse);
  }

  /// Whether the server answers, for readiness checks.
  ///
  /// @throws Unavailable when it does not
  public void ping() {
    read(statements -> statements.first(PING.call(), row -> row.getInt(1)));
  }

  /// Does work of a single query. When the connection turns out to be dead, as after a restart of
  /// the server, the query is put once more, on another one: it changes nothing, so that is safe.
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

  /// Does work of several statements in one transaction (read committed).
  public <T> T transaction(Work<T> work) {
    return onConnection(
        () ->
            pooled(
                connection -> {
                  connection.setAutoCommit(false);
                  return committed(connection, work);
                }));
  }

  @Override
  public void close() {
    pulse.close();
    connections.close();
    pool.close();
  }

  /// Connections at work at this moment.
  int activeConnections() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  private <T> T onConnection(ScopedValue.CallableOp<T, SQLException> work) {
    if (busy.isBound()) {
      throw new Fault("a request asked for a second connection while it held one");
    }
    try {
      return ScopedValue.where(busy, true).call(work);
    } catch (SQLException failure) {
      if (SqlErrors.isDemotion(failure)) {
        // Every connection leads to a server that takes no writes any more: the primary is
        // elsewhere.
        pool.getHikariPoolMXBean().softEvictConnections();
      }
      throw SqlErrors.from(failure);
    }
  }

  private <T> T autocommitted(Work<T> work) throws SQLException {
    return pooled(connection -> work.with(new Statements(connection, listener)));
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

  private <T> T pooled(ConnectionWork<T> work) throws SQLException {
    long began = System.nanoTime();
    long wait = Deadline.current().remainingAtMost(patience()).toNanos();
    if (wait <= 0) {
      throw Unavailable.deadlineExceeded();
    }
    pulse.require();
    queue(wait);
    try (Connection connection = acquire(wait - (System.nanoTime() - began))) {
      metrics.acquired(System.nanoTime() - began);
      return work.with(connection);
    } finally {
      queue.leave();
    }
  }

  /// The pool opens one connection after the other, each in tens of milliseconds.
  private Duration patience() {
    boolean grows =
        pool.getHikariPoolMXBean().getTotalConnections() < pool.getMaximumPoolSize()
            && !connections.failing();
    return grows && acquireTimeout.compareTo(PATIENCE_WHILE_GROWING) < 0
        ? PATIENCE_WHILE_GROWING
        : acquireTimeout;
  }

  private void queue(long wait) throws SQLException {
    try {
      queue.enter(wait);
    } catch (SQLException late) {
      metrics.timedOut();
      throw late;
    }
  }

  /// The server may have gone while the caller waited for its turn.
  private Connection acquire(long nanos) throws SQLException {
    pulse.require();
    // The data source's own getConnection() knows one fixed timeout; its pool takes one per call.
    return ((HikariPool) pool.getHikariPoolMXBean())
        .getConnection(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  /// Frees who waits on a connection of a server that does not answer, and drops what is idle.
  private static void abandon(ServerConnections connections, HikariDataSource pool) {
    connections.abort();
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @FunctionalInterface
  private interface ConnectionWork<T> {
    T with(Connection connection) throws SQLException;
  }

  /// Work on one connection.
  @FunctionalInterface
  public interface Work<T> {
    T with(Statements statements) throws SQLException;
  }
}
