package dev.gatehouse.postgres.backup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What must be so before a database is restored into.
final class RestoreChecks {
  /// What an installation in use has rows in. Other tables may have some from the migrations.
  private static final List<String> IN_USE =
      List.of("users", "server_keys", "api_keys", "audit_events");

  /// As long as an instance that was killed counts for alive. A time further ahead was written
  /// before the clock was set back.
  private static final String ALIVE =
      """
      SELECT EXISTS (
        SELECT FROM instances
        WHERE seen_at BETWEEN clock_timestamp() - interval '10 seconds'
          AND clock_timestamp() + interval '10 seconds')
      """;

  private RestoreChecks() {}

  /// @throws BackupException when instances are alive, or there are rows that are not to be
  ///     replaced
  static void require(LongConnection connection, DatabaseRestore.Options options)
      throws SQLException {
    if (connection.has("instances") && connection.isTrue(ALIVE)) {
      throw new BackupException(
          "instances are running on this database: stop all of them first (one that was killed counts for 10 s more)");
    }
    if (options.replace()) {
      return;
    }
    var used = new ArrayList<String>();
    for (String table : IN_USE) {
      if (connection.has(table)
          && connection.isTrue("SELECT EXISTS (SELECT FROM %s)".formatted(table))) {
        used.add(table);
      }
    }
    if (!used.isEmpty()) {
      throw new BackupException(
          "the database is not empty (%s): restore into an empty one, or say --replace to delete everything in it first"
              .formatted(String.join(", ", used)));
    }
  }

  /// @throws BackupException when a table of the backup has a column that the database's does not
  ///     have
  static void requireColumns(Catalog catalog, Map<String, Manifest.Table> wanted) {
    for (Catalog.Table table : catalog.tables()) {
      Manifest.Table stored = wanted.get(table.name());
      if (stored != null && !table.columnNames().containsAll(stored.columns())) {
        throw new BackupException(
            "table %s of the backup has columns that the database does not have"
                .formatted(table.name()));
      }
    }
  }
}
