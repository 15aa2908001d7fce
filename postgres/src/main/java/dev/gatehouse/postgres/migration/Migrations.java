package dev.gatehouse.postgres.migration;

import dev.gatehouse.postgres.database.DatabaseStartException;
import dev.gatehouse.postgres.database.PoolerDetection;
import dev.gatehouse.postgres.database.Pooling;
import dev.gatehouse.postgres.database.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
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
  static final int NEWEST = 21;

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final Duration WAIT_FOR_SERVER = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final PostgresSettings settings;
  private final SchemaHistory history;
  private final String address;
  private final Duration waitForServer;
  private final LockWaits locks;
  private OptionalInt serverPort = OptionalInt.empty();

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

  /// Migrates if need be.
  ///
  /// @return how many scripts ran
  /// @throws DatabaseStartException when the server does not respond or refuses us, when its schema
  ///     is too new for this program, or when a script fails
  public int migrate() {
    SchemaHistory.Schema schema = history.read(waitForServer);
    serverPort = OptionalInt.of(schema.server().port());
    schema.server().warnOfClearText(settings);
    schema.server().requireWritable(address);
    if (isUpToDate(schema)) {
      schema.server().requireTables(address);
      return 0;
    }
    schema.server().requireCreation(address);
    requireSessions();
    int ran = scripts().run(NEWEST);
    if (schema.version() < AddressCollisions.SCHEMA_VERSION) {
      AddressCollisions.report(history.connections());
    }
    return ran;
  }

  /// What is between this program and the server.
  ///
  /// @throws DatabaseStartException when it does not respond
  public Pooling pooling() {
    int port = serverPort.orElseGet(() -> history.read(waitForServer).server().port());
    try {
      return PoolerDetection.of(settings, port);
    } catch (SQLException failure) {
      throw new DatabaseStartException(
          "the database %s does not respond: %s"
              .formatted(address, SchemaHistory.firstLine(failure)),
          failure);
    }
  }

  /// A script locks a session, which must stay the same one.
  private void requireSessions() {
    if (pooling() == Pooling.TRANSACTION) {
      throw new DatabaseStartException(
          "the database %s is reached through a transaction pooler, through which migrations cannot run: run gatehouse migrate with the address of PostgreSQL itself"
              .formatted(address));
    }
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
    return scripts().run(version);
  }

  /// The version of the schema, 0 when there is none.
  ///
  /// @throws DatabaseStartException when the server does not respond or refuses us
  public int version() {
    return history.read(waitForServer).version();
  }

  /// The version that this program works with.
  public static int newest() {
    return NEWEST;
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
    return scripts().pending(NEWEST);
  }

  /// Waits until the database responds and its schema is what this program works with, as another
  /// instance or an operator makes it. Changes nothing.
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

  /// Made when it is needed, since it loads Flyway.
  private Scripts scripts() {
    return new Scripts(history.connections(), address, locks);
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
