package dev.gatehouse.postgres.backup;

import dev.gatehouse.postgres.database.DatabaseEpoch;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.migration.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Puts a backup into a database, in one transaction: all of it or nothing. Thread-safe.
public final class DatabaseRestore {
  private final PostgresSettings settings;
  private final Migrations migrations;

  /// @param settings of the database to restore into
  public DatabaseRestore(PostgresSettings settings) {
    this.settings = settings;
    this.migrations = new Migrations(settings);
  }

  /// What is wanted.
  ///
  /// @param replace whether what is in the database may be replaced
  /// @param keepSessions whether sessions go on
  /// @param withoutServerKeys whether the keys of the backup stay out, so that new ones are made;
  ///     ends all sessions
  public record Options(boolean replace, boolean keepSessions, boolean withoutServerKeys) {
    /// Checks that the options go together.
    public Options {
      if (keepSessions && withoutServerKeys) {
        throw new BackupException("sessions do not outlive the server keys; keep both or none");
      }
    }
  }

  /// What was done.
  ///
  /// @param rows of each table
  /// @param skipped tables of the backup that are not of Gatehouse
  /// @param endedSessions how many were ended
  /// @param migrations how many ran after it
  public record Restored(
      Map<String, Long> rows, List<String> skipped, long endedSessions, int migrations) {
    public Restored {
      rows = Map.copyOf(rows);
      skipped = List.copyOf(skipped);
    }
  }

  /// Restores.
  ///
  /// @throws BackupException when the database or the backup does not allow it; nothing is changed
  ///     then, but that an empty database may have got its tables
  public Restored run(Archive archive, Options options, Progress progress) throws IOException {
    Manifest manifest = archive.manifest();
    requireSchema(manifest);
    try (var connection = LongConnection.open(settings)) {
      if (migrations.version() > 0) {
        RestoreChecks.require(connection, options);
      }
      migrations.migrateTo(manifest.schema());
      connection.begin("ISOLATION LEVEL READ COMMITTED, READ WRITE");
      Restored loaded = loaded(connection, archive, options, progress);
      connection.jdbc().commit();
      int ran = migrations.migrate();
      connection.jdbc().setAutoCommit(true);
      connection.execute(DatabaseEpoch.RAISE);
      connection.execute("ANALYZE " + Catalog.quoted(List.copyOf(loaded.rows().keySet())));
      return new Restored(loaded.rows(), loaded.skipped(), loaded.endedSessions(), ran);
    } catch (SQLException failure) {
      throw new BackupException(
          "%s cannot be restored into: %s"
              .formatted(settings.address(), LongConnection.firstLine(failure)),
          failure);
    }
  }

  private void requireSchema(Manifest manifest) {
    if (manifest.schema() > Migrations.newest()) {
      throw new BackupException(
          "the backup has schema version %d, this program knows %d: restore it with the release that wrote it, or a newer one"
              .formatted(manifest.schema(), Migrations.newest()));
    }
    int version = migrations.version();
    if (version > manifest.schema()) {
      throw new BackupException(
          "the backup has schema version %d, the database %s has %d: restore it into a new, empty database (the embedded one: move the folder postgres out of the data folder, secret.key stays), where it is then migrated; --replace does not take tables back to an older form"
              .formatted(manifest.schema(), settings.address(), version));
    }
  }

  private static Restored loaded(
      LongConnection connection, Archive archive, Options options, Progress progress)
      throws SQLException, IOException {
    Catalog catalog = Catalog.read(connection.jdbc());
    Map<String, Manifest.Table> wanted = tables(archive.manifest());
    List<String> known = catalog.tables().stream().map(Catalog.Table::name).toList();
    List<String> names = new ArrayList<>(known);
    names.retainAll(wanted.keySet());
    RestoreChecks.requireColumns(catalog, wanted);
    List<String> cleared = new ArrayList<>(names);
    for (String table : List.of("user_changes", "instances")) {
      if (connection.has(table)) {
        cleared.add(table);
      }
    }
    connection.execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(Catalog.quoted(cleared)));
    RestoreChecks.require(connection, options);
    var sessions = new RestoredSessions(connection);
    sessions.rememberThoseBefore();
    connection.execute("TRUNCATE " + Catalog.quoted(cleared));
    Map<String, Long> rows = new HashMap<>();
    var count = new CountedProgress(progress, archive.manifest().rows());
    for (String name : Catalog.ordered(connection.jdbc(), names)) {
      if (!options.withoutServerKeys() || !name.equals(StoredServerKeys.TABLE)) {
        Manifest.Table table =
            wanted.getOrDefault(name, new Manifest.Table(name, List.of(), 0, ""));
        load(connection, archive, table, count);
        rows.put(name, table.rows());
      }
    }
    long ended = sessions.end(options.keepSessions());
    Sequences.setAbove(connection, archive.manifest(), Set.copyOf(catalog.sequences()));
    List<String> skipped = new ArrayList<>(wanted.keySet());
    skipped.removeAll(known);
    skipped.sort(null);
    return new Restored(rows, skipped, ended, 0);
  }

  private static void load(
      LongConnection connection, Archive archive, Manifest.Table table, CountedProgress count)
      throws SQLException, IOException {
    var rows = new CountedRows(count::passed);
    try (InputStream in = archive.rows(table, rows)) {
      connection
          .copies()
          .copyIn(
              "COPY \"%s\" (%s) FROM STDIN"
                  .formatted(table.name(), Catalog.quoted(table.columns())),
              in);
    }
    Archive.require(table, rows);
  }

  private static Map<String, Manifest.Table> tables(Manifest manifest) {
    return manifest.tables().stream()
        .collect(Collectors.toMap(Manifest.Table::name, Function.identity()));
  }
}
