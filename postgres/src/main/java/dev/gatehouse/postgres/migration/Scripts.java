package dev.gatehouse.postgres.migration;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the scripts in `db/migration` with Flyway. A script that meets a lock is retried.
///
/// @param address of the database, for messages
record Scripts(DataSource connections, String address, LockWaits locks) {
  private static final Logger log = LoggerFactory.getLogger(Scripts.class);
  private static final Duration WAIT_FOR_OTHERS = Duration.ofMinutes(2);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /// Runs the scripts up to a version.
  ///
  /// @return how many ran
  /// @throws DatabaseStartException when one fails
  int run(int version) {
    var ran = new ScriptCallback(locks);
    for (int attempt = 1; ; attempt++) {
      try {
        flyway(version, ran).migrate();
        return ran.count();
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

  /// The scripts that [#run] would run, in order, such as `V2 add api keys`.
  List<String> pending(int version) {
    return Arrays.stream(flyway(version).info().pending()).map(Scripts::title).toList();
  }

  private static String title(MigrationInfo pending) {
    return "V" + pending.getVersion() + " " + pending.getDescription();
  }

  private Flyway flyway(int version, Callback... callbacks) {
    var configuration =
        Flyway.configure()
            .dataSource(connections)
            .loggers("slf4j")
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .target(MigrationVersion.fromVersion(Integer.toString(version)))
            .callbacks(callbacks)
            .lockRetryCount((int) WAIT_FOR_OTHERS.toSeconds());
    // Otherwise its own open transaction would prevent concurrent indexes from being finished.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  private static boolean isLocked(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
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

  /// The server's message, where Flyway only names the script, and what to do about it.
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
}
