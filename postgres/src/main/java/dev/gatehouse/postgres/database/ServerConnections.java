package dev.gatehouse.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes connections for the pool. While the server is away it keeps knocking, ten times a second,
/// so that the pool is filled again as soon as it is back; the pool itself would pause for up to 5
/// s between two attempts.
final class ServerConnections extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(ServerConnections.class);
  private static final Duration KNOCK_FOR = Duration.ofSeconds(30);
  private static final Duration KNOCK_EVERY = Duration.ofMillis(100);
  private static final int CONNECT_SECONDS = 2;

  /// A server that no longer talks is noticed this much after the statement should have been over.
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(2);

  private final ServerGuard guard;
  private final Duration silence;
  private final Pooling pooling;
  private final String timeouts;

  /// Those in use, and some that have been closed since.
  private final Set<Connection> opened = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;
  private volatile boolean failing;

  /// @param guard checks each connection before its first use
  ServerConnections(PostgresSettings settings, ServerGuard guard) {
    this.guard = guard;
    setUrl(settings.url());
    setUser(settings.user());
    setPassword(settings.password());
    int given = settings.urlNames(PGProperty.CONNECT_TIMEOUT) ? getConnectTimeout() : 0;
    setConnectTimeout(given > 0 ? Math.min(given, CONNECT_SECONDS) : CONNECT_SECONDS);
    setSocketTimeout(CONNECT_SECONDS);
    silence = settings.statementTimeout().plus(SILENCE);
    setTcpKeepAlive(true);
    if (!settings.urlNames(PGProperty.APPLICATION_NAME)) {
      setApplicationName("gatehouse");
    }
    // Of several hosts, one that was a standby may be the primary by now.
    setHostRecheckSeconds(1);
    pooling = settings.pooling();
    timeouts = timeouts(settings.statementTimeout());
    if (pooling == Pooling.TRANSACTION) {
      setPrepareThreshold(0);
    } else if (!settings.urlNames(PGProperty.PREPARE_THRESHOLD)) {
      // Prepared on the server at the first use: every statement here is used again and again.
      setPrepareThreshold(1);
    }
    if (pooling == Pooling.DIRECT) {
      String options = settings.urlNames(PGProperty.OPTIONS) ? getOptions() + " " : "";
      setOptions(options + timeouts);
      // Saves the round trip that would set the application's name.
      setProperty(PGProperty.ASSUME_MIN_SERVER_VERSION, "14");
    }
  }

  private static String timeouts(Duration statement) {
    Duration lock = statement.compareTo(LONGEST_LOCK_WAIT) < 0 ? statement : LONGEST_LOCK_WAIT;
    return "-c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=%d"
        .formatted(statement.toMillis(), lock.toMillis(), statement.toMillis());
  }

  /// A pooler takes no options at the start of a connection.
  private void limit(Connection connection) throws SQLException {
    if (pooling == Pooling.SESSION) {
      try (var statement = connection.createStatement()) {
        statement.execute(timeouts.replace("-c ", "SET ").replace(" SET", "; SET"));
      }
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    long end = System.nanoTime() + KNOCK_FOR.toNanos();
    while (true) {
      try {
        return probe();
      } catch (SQLException refused) {
        if (!SqlErrors.isServerAway(refused) || closed || System.nanoTime() >= end || !pause()) {
          throw refused;
        }
      }
    }
  }

  /// Makes one attempt.
  Connection probe() throws SQLException {
    Connection connection;
    try {
      connection = current();
    } catch (SQLException refused) {
      failing = true;
      throw refused;
    }
    failing = false;
    connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
    opened.removeIf(ServerConnections::isClosed);
    opened.add(connection);
    return connection;
  }

  /// Of several hosts the driver connects to the first that is a primary, which may be an old one
  /// that was started again.
  private Connection current() throws SQLException {
    try {
      return checked(super.getConnection());
    } catch (ServerBehind behind) {
      String[] hosts = getServerNames();
      int[] ports = getPortNumbers();
      for (int host = 0; hosts.length > 1 && host < hosts.length; host++) {
        try {
          return checked(only(hosts[host], ports[host]).getConnection());
        } catch (SQLException notThisOne) {
          log.debug("Host {} is not the current primary", hosts[host], notThisOne);
        }
      }
      throw behind;
    }
  }

  private PGSimpleDataSource only(String host, int port) {
    var one = new PGSimpleDataSource();
    one.setUrl(getUrl());
    one.setServerNames(new String[] {host});
    one.setPortNumbers(new int[] {port});
    one.setUser(getUser());
    one.setPassword(getPassword());
    return one;
  }

  private Connection checked(Connection connection) throws SQLException {
    try {
      limit(connection);
      guard.check(connection);
      return connection;
    } catch (SQLException refused) {
      connection.abort(Runnable::run);
      throw refused;
    }
  }

  /// Breaks every connection, so that no one waits on one any longer.
  void abort() {
    for (Connection connection : opened) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException brokenAlready) {
        log.debug("A connection could not be broken", brokenAlready);
      }
    }
    opened.removeIf(ServerConnections::isClosed);
  }

  /// Whether the latest attempt was refused.
  boolean failing() {
    return failing;
  }

  /// From now on every attempt is the last.
  void close() {
    closed = true;
  }

  /// The pool would limit the sign-in to a second by its own thread per connection; connect and
  /// socket time-outs do it without, and leave a busy machine the time it needs.
  @Override
  public void setLoginTimeout(int seconds) {}

  /// How long the pool, when it closes, waits for a connection that is being made.
  @Override
  public int getLoginTimeout() {
    return CONNECT_SECONDS;
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException broken) {
      return true;
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(KNOCK_EVERY);
      return true;
    } catch (InterruptedException poolCloses) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
