package dev.gatehouse.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether the address is that of a pooler. A server whose port is in the URL is taken
/// for the server itself. Otherwise two connections show whether they share a session, which only a
/// transaction pooler makes them do, and a third whether it takes options.
public final class PoolerDetection {
  private static final Logger log = LoggerFactory.getLogger(PoolerDetection.class);
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String PROTOCOL_VIOLATION = "08P01";

  private final PostgresSettings settings;

  private PoolerDetection(PostgresSettings settings) {
    this.settings = settings;
  }

  /// Looks at the address of a database.
  ///
  /// @param serverPort the port that the server itself reports; 0 when it has none
  /// @throws SQLException when it does not respond
  public static Pooling of(PostgresSettings settings, int serverPort) throws SQLException {
    return new PoolerDetection(settings).detect(serverPort);
  }

  private Pooling detect(int serverPort) throws SQLException {
    PGSimpleDataSource plain = source();
    if (Arrays.stream(plain.getPortNumbers()).anyMatch(port -> port == serverPort)) {
      return Pooling.DIRECT;
    }
    if (sharesSessions(plain)) {
      log.info("A transaction pooler is in front of PostgreSQL; statements are not prepared there");
      warnOfMissingTimeouts(plain);
      return Pooling.TRANSACTION;
    }
    if (takesOptions()) {
      return Pooling.DIRECT;
    }
    log.info("A session pooler is in front of PostgreSQL");
    return Pooling.SESSION;
  }

  private PGSimpleDataSource source() {
    var source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setConnectTimeout((int) LONGEST.toSeconds());
    source.setSocketTimeout((int) LONGEST.toSeconds());
    source.setPrepareThreshold(0);
    return source;
  }

  /// A pooler lends the session that was returned last, unless another client was faster.
  private static boolean sharesSessions(PGSimpleDataSource source) throws SQLException {
    try (Connection first = source.getConnection();
        Connection second = source.getConnection()) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        String mark = UUID.randomUUID().toString();
        ask(first, "SELECT set_config('gatehouse.pooler', '" + mark + "', false)");
        if (mark.equals(ask(second, "SELECT current_setting('gatehouse.pooler', true)"))) {
          return true;
        }
      }
      return false;
    }
  }

  private boolean takesOptions() throws SQLException {
    PGSimpleDataSource source = source();
    source.setOptions("-c statement_timeout=" + settings.statementTimeout().toMillis());
    try (Connection _ = source.getConnection()) {
      return true;
    } catch (SQLException refused) {
      if (PROTOCOL_VIOLATION.equals(refused.getSQLState())) {
        return false;
      }
      throw refused;
    }
  }

  /// A session's settings would end up in the sessions of others, so they come from the role.
  private void warnOfMissingTimeouts(PGSimpleDataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      if ("0".equals(ask(connection, "SHOW statement_timeout"))) {
        log.warn(
            "PostgreSQL has no time limit for statements behind the transaction pooler; set one: ALTER ROLE \"{}\" SET statement_timeout = '{}ms'",
            settings.user(),
            settings.statementTimeout().toMillis());
      }
    }
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(question)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }
}
