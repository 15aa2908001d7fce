package dev.gatehouse.postgres.backup;

import dev.gatehouse.postgres.database.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/// Its own connection for one long transaction, which no time limit of the server or of requests
/// cuts short. A server that says nothing for an hour is given up.
final class LongConnection implements AutoCloseable {
  private static final int SECONDS_OF_SILENCE = 3_600;
  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

  private final Connection connection;

  private LongConnection(Connection connection) {
    this.connection = connection;
  }

  static LongConnection open(PostgresSettings settings) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setConnectTimeout(10);
    source.setSocketTimeout(SECONDS_OF_SILENCE);
    source.setTcpKeepAlive(true);
    source.setApplicationName("gatehouse-backup");
    return new LongConnection(source.getConnection());
  }

  Connection jdbc() {
    return connection;
  }

  CopyManager copies() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  String serverVersion() throws SQLException {
    return connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
  }

  /// Begins a transaction without time limits but that of waiting for locks. Takes no snapshot yet.
  void begin(String mode) throws SQLException {
    connection.setAutoCommit(false);
    execute("SET TRANSACTION " + mode);
    execute("SET LOCAL statement_timeout = 0");
    execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    if (connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
      execute("SET LOCAL transaction_timeout = 0");
    }
    execute("SET LOCAL lock_timeout = '10s'");
    execute("SET LOCAL TimeZone = 'UTC'");
    execute("SET LOCAL DateStyle = 'ISO, YMD'");
    execute("SET LOCAL bytea_output = 'hex'");
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// How many rows a statement changes.
  long update(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  boolean isTrue(String sql) throws SQLException {
    return text(sql).equals("t");
  }

  /// Whether there is a table of this name.
  boolean has(String table) throws SQLException {
    return isTrue("SELECT to_regclass('%s') IS NOT NULL".formatted(table));
  }

  static String firstLine(Exception failure) {
    return Optional.ofNullable(failure.getMessage())
        .flatMap(text -> text.lines().filter(line -> !line.isBlank()).findFirst())
        .orElse(failure.getClass().getSimpleName());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
