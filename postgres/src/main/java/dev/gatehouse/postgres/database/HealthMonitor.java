package dev.gatehouse.postgres.database;

import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Probes the server ten times a second over a connection outside the pool, so that work can be
/// refused at once while the server is away. A server that hangs keeps its connections open, and
/// each caller would otherwise find out by itself, at the end of the statement timeout.
///
/// A probe without a response after 100 ms is also sent over a new connection, so one server
/// process that hangs changes nothing. After 200 ms without a response over either, the server is
/// late: new work waits within its acquire timeout. After a second, or when no connection can be
/// made, the server is away, until it responds; a response of any kind counts, also one that
/// refuses. A failure of the monitor itself says nothing about the server, so work is then
/// admitted. Thread-safe.
final class HealthMonitor implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration SECOND_WAY_AFTER = Duration.ofMillis(100);
  private static final Duration LATE_AFTER = Duration.ofMillis(200);

  /// Breaking connections after a shorter silence would turn a pause into an outage.
  private static final Duration AWAY_AFTER = Duration.ofSeconds(1);

  private static final Sql QUESTION = Sql.of("SELECT 1");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition responded = lock.newCondition();
  private final SecondWay database;
  private final ServerGuard guard;
  private final Runnable lost;
  private final PeriodicTask task;
  private volatile boolean asking;
  private volatile boolean away;
  private volatile boolean closed;

  private HealthMonitor(
      PostgresSettings settings,
      ServerGuard guard,
      Runnable lost,
      PeriodicTaskListener reports,
      PeriodicTasks tasks) {
    this.database = new SecondWay(settings, SECOND_WAY_AFTER, AWAY_AFTER, guard);
    this.guard = guard;
    this.lost = lost;
    this.task =
        tasks
            .task("database-monitor")
            .every(INTERVAL)
            .delayed()
            .reportTo(reports)
            .start(this::probe);
  }

  /// Starts the probes.
  ///
  /// @param guard checks the server with each probe
  /// @param lost called after each probe that found the server away: what waits for it waits in
  ///     vain
  /// @param reports receives the outages of the server and of the monitor itself
  static HealthMonitor start(
      PostgresSettings settings,
      ServerGuard guard,
      Runnable lost,
      PeriodicTaskListener reports,
      PeriodicTasks tasks) {
    return new HealthMonitor(settings, guard, lost, reports, tasks);
  }

  /// Refuses work while the server is away, and holds it back while the server is late. Costs two
  /// reads otherwise.
  ///
  /// @param nanos how long to wait for a late server
  void require(long nanos) throws SQLException {
    if (!away && late()) {
      awaitResponse(nanos);
    }
    if (away) {
      throw new ServerAway();
    }
  }

  /// Whether a probe has had no response for 200 ms.
  boolean late() {
    return asking && database.silentNanos() >= LATE_AFTER.toNanos();
  }

  @Override
  public void close() {
    closed = true;
    task.close();
    database.close();
  }

  private void awaitResponse(long nanos) throws SQLException {
    lock.lock();
    try {
      long left = nanos;
      while (!away && late()) {
        if (left <= 0) {
          throw new ServerAway();
        }
        left = responded.awaitNanos(left);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while PostgreSQL was late", stopping);
    } finally {
      lock.unlock();
    }
  }

  private void probe() throws SQLException {
    asking = true;
    try {
      database.ask(this::ask);
      guard.judged(null);
      found(false);
    } catch (SQLException failure) {
      judge(failure);
    } catch (RuntimeException | Error unexpected) {
      found(false);
      throw unexpected;
    }
  }

  private int ask(Connection connection, boolean fresh) throws SQLException {
    if (guard.check(connection)) {
      return 1;
    }
    return new Statements(connection).first(QUESTION.call(), row -> row.getInt(1)).orElseThrow();
  }

  private void judge(SQLException failure) throws SQLException {
    if (closed) {
      throw failure;
    }
    guard.judged(failure instanceof ServerBehind behind ? behind : null);
    boolean noResponse = SqlErrors.isServerAway(failure);
    found(noResponse);
    if (noResponse) {
      lost.run();
      throw failure;
    }
    if (failure.getCause() instanceof RuntimeException || failure.getCause() instanceof Error) {
      throw failure;
    }
  }

  private void found(boolean nowAway) {
    lock.lock();
    try {
      away = nowAway;
      asking = false;
      responded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Thrown at the rate of requests, so without a stack trace.
  private static final class ServerAway extends SQLTransientConnectionException {
    private static final long serialVersionUID = 1L;

    ServerAway() {
      super("PostgreSQL does not respond");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
