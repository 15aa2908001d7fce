package dev.gatehouse.postgres.migration;

import dev.gatehouse.postgres.database.DatabaseStartException;
import dev.gatehouse.postgres.database.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema to the version this program works with. Of several instances that start at
/// once one runs a script while the others wait for it. A schema that is up to date is recognised
/// by one query: Flyway itself, most of the cost of such a start, is not even loaded then.
///
/// A program also works on a schema newer than its own, as it must while an upgrade rolls out or is
/// taken back. What takes something away is a script of its own, named `Vn__contract_m_...`: it
/// says that programs older than version m no longer work from then on, and those refuse to start.
///
/// A script waits for locks only briefly, and is tried again: see [LockWaits].
///
/// Uses a connection of its own, since a migration may take longer than any request's statement.
public final class Migrations {
  /// The version of the newest script in `db/migration`.
  static final int NEWEST = 16;

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final Duration WAIT_FOR_SERVER = Duration.ofSeconds(30);
  private static final Duration WAIT_FOR_OTHERS = Duration.ofMinutes(2);
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final PostgresSettings settings;
  private final SchemaHistory history;
  private final String address;
  private final Duration waitForServer;
  private final LockWaits locks;

  /// The migrations of this database; waits up to 30 s for its server.
  public Migrations(PostgresSettings settings) {
    this(settings, WAIT_FOR_SERVER, LockWaits.STANDARD);
  }

  Migrations(PostgresSettings settings, Duration waitForServer, LockWaits locks) {
    this.settings = settings;
    this.address = settings.address();
    this.history = new SchemaHistory(settings);
    this.waitForServer = waitForServer;
    this.locks = locks;
  }

  /// How long a script waits for what other sessions hold. Meanwhile everybody who wants the same
  /// table waits behind it: so not long at a time, and again after a pause in which they get their
  /// turn.
  ///
  /// @param each the longest wait of a statement
  /// @param attempts before the migration fails
  /// @param pause between two
  record LockWaits(Duration each, int attempts, Duration pause) {
    static final LockWaits STANDARD =
        new LockWaits(Duration.ofSeconds(2), 20, Duration.ofSeconds(3));

    @Override
    public String toString() {
      return "at each of %d attempts of %d ms".formatted(attempts, each.toMillis());
    }
  }

  /// Bounds the waits of each script, and counts those that ran, also before one that failed.
  private static final class RanScripts extends BaseCallback {
    private final LockWaits locks;
    private int count;

    RanScripts(LockWaits locks) {
      this.locks = locks;
    }

    /// Of the others some are deprecated, which Flyway tells whoever takes them all.
    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        bound(context.getConnection());
      }
      if (event == Event.AFTER_EACH_MIGRATE) {
        count++;
      }
    }

    /// For the script's transaction. One outside of any, which makes an index concurrently, is in
    /// nobody's way while it waits, and would leave half an index behind.
    private void bound(Connection connection) {
      try (var statement = connection.createStatement()) {
        statement.execute("SET LOCAL lock_timeout = " + locks.each().toMillis());
      } catch (SQLException failure) {
        throw new FlywayException("the wait for locks cannot be bounded", failure);
      }
    }
  }

  /// Migrates if need be.
  ///
  /// @return how many scripts ran
  /// @throws DatabaseStartException when the server does not answer, refuses us, holds a schema too
  ///     new for this program, or a script fails
  public int migrate() {
    SchemaHistory.Schema schema = history.read(waitForServer);
    schema.server().warnOfClearText(settings);
    schema.server().requireWritable(address);
    if (isUpToDate(schema)) {
      schema.server().requireTables(address);
      return 0;
    }
    schema.server().requireCreation(address);
    int ran = run(NEWEST);
    if (schema.version() < AddressCollisions.SCHEMA_VERSION) {
      AddressCollisions.report(history.connections());
    }
    return ran;
  }

  /// Migrates to a version of an older program, for a backup that it has written.
  ///
  /// @return how many scripts ran; none when the schema has that version or a newer one
  /// @throws DatabaseStartException as [#migrate()] does
  public int migrateTo(int version) {
    SchemaHistory.Schema schema = history.read(waitForServer);
    schema.server().requireWritable(address);
    if (schema.version() >= version) {
      return 0;
    }
    schema.server().requireCreation(address);
    return run(version);
  }

  /// The version of the schema, 0 when there is none.
  ///
  /// @throws DatabaseStartException when the server does not answer or refuses us
  public int version() {
    return history.read(waitForServer).version();
  }

  /// The version that this program works with.
  public static int newest() {
    return NEWEST;
  }

  private int run(int version) {
    var ran = new RanScripts(locks);
    for (int attempt = 1; ; attempt++) {
      try {
        flyway(version, ran).migrate();
        return ran.count;
      } catch (FlywayException failure) {
        if (!isLocked(failure)) {
          throw failed(failure, "");
        }
        if (attempt >= locks.attempts()) {
          throw failed(failure, "; other sessions hold a lock that it needs, " + locks);
        }
        log.warn(
            "{}: other sessions hold a lock that it needs; attempt {} of {}, the next in {} ms",
            SchemaHistory.firstLine(failure),
            attempt,
            locks.attempts(),
            locks.pause().toMillis());
        SchemaHistory.pause(locks.pause(), address);
      }
    }
  }

  private DatabaseStartException failed(FlywayException failure, String more) {
    String reason =
        String.valueOf(failure.getMessage()).contains("non-empty schema")
            ? "it holds tables that are not Gatehouse's; use a database of its own"
            : SchemaHistory.firstLine(failure);
    return new DatabaseStartException(
        "the schema of %s cannot be migrated: %s%s%s"
            .formatted(address, reason, refusal(failure), more),
        failure);
  }

  /// What the server said, where Flyway only names the script, and what to do about it.
  private static String refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return ": " + SchemaHistory.firstLine(sql) + advice(String.valueOf(sql.getSQLState()));
      }
    }
    return "";
  }

  private static String advice(String state) {
    return switch (state) {
      case "42501" -> "; run gatehouse migrate as the role that owns the tables";
      case "25006" -> "; name the primary, and a role that may write";
      case "53100" -> "; free space on the server's disk, then start again";
      case "42P07", "42701" ->
          "; the database holds something of this name that is not Gatehouse's";
      default -> "";
    };
  }

  private static boolean isLocked(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /// The scripts that [#migrate()] would run, in order, such as `V2 add api keys`. Changes nothing.
  /// Logs the accounts that [#migrate()] would find to share an address.
  ///
  /// @throws DatabaseStartException as there
  public List<String> check() {
    SchemaHistory.Schema schema = history.read(waitForServer);
    if (isUpToDate(schema)) {
      return List.of();
    }
    if (schema.version() > 0 && schema.version() < AddressCollisions.SCHEMA_VERSION) {
      AddressCollisions.foresee(history.connections());
    }
    return Arrays.stream(flyway(NEWEST).info().pending()).map(Migrations::title).toList();
  }

  /// Waits until the database answers and its schema is what this program works with, as somebody
  /// else makes it. Changes nothing.
  ///
  /// @throws DatabaseStartException with what was missing when the time is over; at once when the
  ///     schema is too new for this program
  public void await(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    String before = "";
    while (true) {
      String missing = missing(Duration.ofNanos(end - System.nanoTime()));
      if (missing.isEmpty()) {
        return;
      }
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        throw new DatabaseStartException(
            "%s; waited %d s for it".formatted(missing, atMost.toSeconds()));
      }
      if (!missing.equals(before)) {
        log.info("Waiting, {} s at most: {}", left.toSeconds(), missing);
        before = missing;
      }
      SchemaHistory.pause(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS, address);
    }
  }

  /// What is missing, in words; empty when nothing is.
  private String missing(Duration atMost) {
    SchemaHistory.Schema schema;
    try {
      schema = history.look(atMost);
    } catch (DatabaseStartException notYet) {
      return SchemaHistory.firstLine(notYet);
    }
    return isUpToDate(schema)
        ? ""
        : "the schema of %s is at version %d, this program needs %d"
            .formatted(address, schema.version(), NEWEST);
  }

  private Flyway flyway(int version, Callback... callbacks) {
    var configuration =
        Flyway.configure()
            .dataSource(history.connections())
            .loggers("slf4j")
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .target(MigrationVersion.fromVersion(Integer.toString(version)))
            .callbacks(callbacks)
            .lockRetryCount((int) WAIT_FOR_OTHERS.toSeconds());
    // Else its own open transaction would keep every concurrent index from being finished.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  private static String title(MigrationInfo pending) {
    return "V" + pending.getVersion() + " " + pending.getDescription();
  }

  private boolean isUpToDate(SchemaHistory.Schema schema) {
    if (schema.oldestProgram() > NEWEST) {
      throw new DatabaseStartException(
          "the schema of %s is at version %d, which no longer serves programs older than %d; this one is of %d: run a newer one"
              .formatted(address, schema.version(), schema.oldestProgram(), NEWEST));
    }
    if (schema.version() > NEWEST) {
      log.info(
          "The schema of {} is at version {}, newer than the {} of this program, and still serves it",
          address,
          schema.version(),
          NEWEST);
    }
    return schema.version() >= NEWEST;
  }
}
