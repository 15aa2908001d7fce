package dev.gatehouse.postgres.migration;

import dev.gatehouse.postgres.database.DatabaseStartException;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.database.ServerRequirements;
import dev.gatehouse.postgres.database.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads from the history that Flyway keeps what has become of a schema, without loading Flyway.
/// Belongs to one thread.
final class SchemaHistory {
  private static final Logger log = LoggerFactory.getLogger(SchemaHistory.class);
  private static final Duration LONGEST_SIGN_IN = Duration.ofSeconds(10);
  private static final Duration LONGEST_QUERY = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final PGSimpleDataSource connections;
  private final String address;

  SchemaHistory(PostgresSettings settings) {
    this.address = settings.address();
    this.connections = new PGSimpleDataSource();
    connections.setUrl(settings.url());
    connections.setUser(settings.user());
    connections.setPassword(settings.password());
    connections.setConnectTimeout(2);
    connections.setTcpKeepAlive(true);
    if (!settings.urlNames(PGProperty.APPLICATION_NAME)) {
      connections.setApplicationName("gatehouse-migrations");
    }
  }

  /// @param version the highest that was applied, 0 when there is none
  /// @param oldestProgram the lowest version whose program still works, 0 when every one does
  /// @param server what the server is like
  record Schema(int version, int oldestProgram, ServerRequirements.Found server) {
    static Schema none(ServerRequirements.Found server) {
      return new Schema(0, 0, server);
    }
  }

  /// Where migrations get their connections too.
  DataSource connections() {
    return connections;
  }

  /// Reads, and waits for the server if it does not respond yet.
  ///
  /// @throws DatabaseStartException when it does not respond for that long, or refuses us
  Schema read(Duration patience) {
    try (Connection connection = connect(patience)) {
      return read(connection, LONGEST_QUERY);
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /// Tries once to read.
  ///
  /// @param atMost how long that may take, at least a second
  /// @throws DatabaseStartException when that fails
  Schema look(Duration atMost) {
    try (Connection connection = signIn(atMost)) {
      return read(connection, atMost);
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  private Schema read(Connection connection, Duration atMost) throws SQLException {
    int longest = seconds(atMost, LONGEST_QUERY);
    var server = ServerRequirements.look(connection, address, longest);
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(longest);
      try (var history = statement.executeQuery("SELECT to_regclass('flyway_schema_history')")) {
        if (!history.next() || history.getString(1) == null) {
          return Schema.none(server);
        }
      }
      try (var applied =
          statement.executeQuery(
              """
              SELECT coalesce(max(version::integer) FILTER (WHERE success), 0) AS newest,
                coalesce(max(substring(description FROM '^contract ([0-9]+) ')::integer), 0) AS oldest,
                count(*) FILTER (WHERE NOT success) AS failed
              FROM flyway_schema_history
              WHERE version IS NOT NULL
              """)) {
        applied.next();
        // A script that failed is for Flyway to report.
        return applied.getInt("failed") > 0
            ? Schema.none(server)
            : new Schema(applied.getInt("newest"), applied.getInt("oldest"), server);
      }
    }
  }

  private Connection connect(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      try {
        return attempt(LONGEST_SIGN_IN);
      } catch (SQLException refused) {
        if (!SqlErrors.isServerAway(refused) || System.nanoTime() >= end) {
          throw refusal(refused);
        }
        if (!told) {
          log.warn(
              "The database {} does not respond yet ({}); trying for {} s",
              address,
              firstLine(refused),
              patience.toSeconds());
          told = true;
        }
        pause(PAUSE, address);
      }
    }
  }

  private Connection signIn(Duration atMost) {
    try {
      return attempt(atMost);
    } catch (SQLException refused) {
      throw refusal(refused);
    }
  }

  private Connection attempt(Duration atMost) throws SQLException {
    connections.setLoginTimeout(seconds(atMost, LONGEST_SIGN_IN));
    return connections.getConnection();
  }

  private DatabaseStartException refusal(SQLException refused) {
    String reason = firstLine(refused);
    return new DatabaseStartException(
        reason.contains(PGProperty.TARGET_SERVER_TYPE.getName()) ? unsuitable() : denied(reason),
        refused);
  }

  private String denied(String reason) {
    return "the database %s does not let us in: %s".formatted(address, reason);
  }

  private String unsuitable() {
    return "no server of %s is what target_session_attrs asks for: name the primary, or all servers with ?target_session_attrs=read-write"
        .formatted(address);
  }

  private DatabaseStartException unreadable(SQLException failure) {
    return new DatabaseStartException(
        "the schema version of %s cannot be read: %s".formatted(address, firstLine(failure)),
        failure);
  }

  static void pause(Duration time, String address) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("interrupted while waiting for " + address, stopped);
    }
  }

  private static int seconds(Duration atMost, Duration longest) {
    return (int) Math.clamp(atMost.toSeconds(), 1, longest.toSeconds());
  }

  static String firstLine(Exception failure) {
    return Optional.ofNullable(failure.getMessage())
        .flatMap(text -> text.lines().filter(line -> !line.isBlank()).findFirst())
        .orElse(failure.getClass().getSimpleName());
  }
}
