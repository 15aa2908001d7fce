package dev.gatehouse.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema to the version this program works with. Of several instances that start at once,
/// one migrates and the others wait for it. A schema that is up to date is recognised by one query:
/// Flyway itself, most of the cost of such a start, is not even loaded then.
///
/// A program also works on a schema newer than its own, as it must while an upgrade rolls out or is
/// taken back. What takes something away is a script of its own, named `Vn__contract_m_...`: it says
/// that programs older than version m no longer work from then on, and those refuse to start.
///
/// Uses a connection of its own, since a migration may take longer than any request's statement.
public final class Migrations {
  /// The version of the newest script in `db/migration`.
  static final int NEWEST = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final Duration WAIT_FOR_SERVER = Duration.ofSeconds(30);
  private static final Duration WAIT_FOR_OTHERS = Duration.ofMinutes(2);

  private final PGSimpleDataSource connections;
  private final String address;
  private final Duration waitForServer;

  /// The migrations of this database; waits up to 30 s for its server.
  public Migrations(PostgresSettings settings) {
    this(settings, WAIT_FOR_SERVER);
  }

  Migrations(PostgresSettings settings, Duration waitForServer) {
    this.address = settings.address();
    this.waitForServer = waitForServer;
    this.connections = new PGSimpleDataSource();
    connections.setUrl(settings.url());
    connections.setUser(settings.user());
    connections.setPassword(settings.password());
    connections.setConnectTimeout(2);
    connections.setLoginTimeout(10);
    connections.setTcpKeepAlive(true);
    connections.setApplicationName("gatehouse-migrations");
  }

  /// Migrates if need be.
  ///
  /// @return how many scripts ran
  /// @throws DatabaseStartException when the server does not answer, refuses us, holds a schema too new
  ///     for this program, or a script fails
  public int migrate() {
    if (isUpToDate(schema())) {
      return 0;
    }
    try {
      return flyway().migrate().migrationsExecuted;
    } catch (FlywayException failure) {
      throw new DatabaseStartException(
          "the schema of %s cannot be migrated: %s".formatted(address, firstLine(failure)),
          failure);
    }
  }

  /// The scripts that [#migrate()] would run, in order, such as `V2 add api keys`. Changes nothing.
  ///
  /// @throws DatabaseStartException as there
  public List<String> check() {
    if (isUpToDate(schema())) {
      return List.of();
    }
    return Arrays.stream(flyway().info().pending()).map(Migrations::title).toList();
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(connections)
        .loggers("slf4j")
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .lockRetryCount((int) WAIT_FOR_OTHERS.toSeconds())
        .load();
  }

  private static String title(MigrationInfo pending) {
    return "V" + pending.getVersion() + " " + pending.getDescription();
  }

  private boolean isUpToDate(Schema schema) {
    if (schema.oldestProgram() > NEWEST) {
      throw new DatabaseStartException(
          "the schema of %s is at version %d, which no longer serves programs older than %d; this one is of %d: run a newer one"
              .formatted(address, schema.version(), schema.oldestProgram(), NEWEST));
    }
    if (schema.version() > NEWEST) {
      LOG.info(
          "The schema of {} is at version {}, newer than the {} of this program, and still serves it",
          address,
          schema.version(),
          NEWEST);
    }
    return schema.version() >= NEWEST;
  }

  /// @param version the highest that was applied, 0 when there is none
  /// @param oldestProgram the lowest version whose program still works, 0 when every one does
  private record Schema(int version, int oldestProgram) {
    static final Schema NONE = new Schema(0, 0);
  }

  private Schema schema() {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(5);
      try (var history = statement.executeQuery("SELECT to_regclass('flyway_schema_history')")) {
        if (!history.next() || history.getString(1) == null) {
          return Schema.NONE;
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
            ? Schema.NONE
            : new Schema(applied.getInt("newest"), applied.getInt("oldest"));
      }
    } catch (SQLException failure) {
      throw new DatabaseStartException(
          "the schema version of %s cannot be read: %s".formatted(address, firstLine(failure)),
          failure);
    }
  }

  private Connection connect() {
    long end = System.nanoTime() + waitForServer.toNanos();
    boolean told = false;
    while (true) {
      try {
        return connections.getConnection();
      } catch (SQLException refused) {
        if (!Failures.isServerAway(refused) || System.nanoTime() >= end) {
          throw new DatabaseStartException(
              "the database %s does not let us in: %s".formatted(address, firstLine(refused)),
              refused);
        }
        if (!told) {
          LOG.warn(
              "The database {} does not answer yet ({}); trying for {} s",
              address,
              firstLine(refused),
              waitForServer.toSeconds());
          told = true;
        }
        pause(refused);
      }
    }
  }

  private void pause(SQLException refused) {
    try {
      Thread.sleep(Duration.ofMillis(250));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("interrupted while waiting for " + address, refused);
    }
  }

  private static String firstLine(Exception failure) {
    return Optional.ofNullable(failure.getMessage())
        .flatMap(text -> text.lines().filter(line -> !line.isBlank()).findFirst())
        .orElse(failure.getClass().getSimpleName());
  }
}
