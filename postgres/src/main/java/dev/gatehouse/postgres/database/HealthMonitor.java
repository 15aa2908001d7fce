package dev.gatehouse.postgres.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feels whether the server still answers, so that work for it can be refused at once while it does
/// not. A server that hangs tells no one: its connections stay open, and each caller would find out
/// for itself, at the end of the statement time-out. Owns one thread and one connection outside the
/// pool, on which it asks four times a second.
///
/// One question without an answer in time, or a connection that cannot be made, and the server
/// counts as away; an answer of any kind, and it is back.
final class HealthMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration INTERVAL_WHILE_AWAY = Duration.ofMillis(100);

  /// A server so busy that it takes longer is of no use to requests either.
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private static final Sql QUESTION = Sql.of("SELECT 1");

  private final ServerConnections connections;
  private final Runnable lost;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("database-pulse").unstarted(this::feel);
  private volatile boolean away;

  private HealthMonitor(PostgresSettings settings, Runnable lost) {
    this.connections = new ServerConnections(settings);
    this.connections.setConnectTimeout((int) TIMEOUT.toSeconds());
    this.connections.setSocketTimeout((int) TIMEOUT.toSeconds());
    this.lost = lost;
  }

  /// Begins to feel.
  ///
  /// @param lost called each time the server could not be reached again either: whatever still
  ///     waits for it waits in vain
  static HealthMonitor start(PostgresSettings settings, Runnable lost) {
    var pulse = new HealthMonitor(settings, lost);
    pulse.thread.start();
    return pulse;
  }

  /// Refuses work while the server is away. Costs one read; thread-safe.
  void require() throws SQLException {
    if (away) {
      throw new ServerAway();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(LONGEST_STOP);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void feel() {
    try {
      while (!pause()) {
        try (Connection connection = connections.probe()) {
          answered();
          keepAsking(connection);
        } catch (SQLException failure) {
          unanswered(failure);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// Asks until there is no answer. A connection that merely broke says nothing about the server:
  /// the next one tells.
  private void keepAsking(Connection connection) throws SQLException, InterruptedException {
    connection.setNetworkTimeout(Runnable::run, (int) TIMEOUT.toMillis());
    var statements = new Statements(connection);
    try {
      while (!pause()) {
        statements.first(QUESTION.call(), row -> row.getInt(1));
      }
    } catch (SQLException failure) {
      if (failure.getCause() instanceof SocketTimeoutException) {
        begin(failure);
      }
    }
  }

  private void unanswered(SQLException failure) {
    if (!SqlErrors.isServerAway(failure)) {
      answered();
      return;
    }
    begin(failure);
    if (!isClosing()) {
      lost.run();
    }
  }

  private void begin(SQLException failure) {
    if (!away && !isClosing()) {
      away = true;
      log.warn("PostgreSQL does not answer; what needs it is refused: {}", failure.getMessage());
    }
  }

  private void answered() {
    if (away) {
      away = false;
      log.info("PostgreSQL answers again");
    }
  }

  /// Waits for the next moment to ask.
  ///
  /// @return whether there will be none
  private boolean pause() throws InterruptedException {
    Duration pause = away ? INTERVAL_WHILE_AWAY : INTERVAL;
    return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
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
