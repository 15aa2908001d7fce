package dev.gatehouse.postgres.backup;

import dev.gatehouse.postgres.database.PostgresSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes all of Gatehouse in a database to a file, as it is at one moment, while instances go on
/// serving. Thread-safe.
public final class DatabaseBackup {
  private static final String SCHEMA_VERSION =
      """
      SELECT coalesce(max(version::integer) FILTER (WHERE success), 0)
      FROM flyway_schema_history
      WHERE version IS NOT NULL
      """;

  /// Rows of other clusters' transactions would never be settled; 0 is older than every
  /// transaction.
  private static final String TRANSACTION = "xid8";

  private final PostgresSettings settings;

  /// @param settings of the database, which may have any schema of this or an older release
  public DatabaseBackup(PostgresSettings settings) {
    this.settings = settings;
  }

  /// What was written.
  ///
  /// @param bytes the size of the file
  public record Written(Manifest manifest, long bytes) {}

  /// Writes the file, reads it back and compares, and only then gives it its name.
  ///
  /// @throws BackupException when there is nothing to back up, the file exists, or it is not read
  ///     back as it was written
  public Written write(Path file, Progress progress) throws IOException {
    try (var connection = LongConnection.open(settings);
        var writer = ArchiveWriter.create(file)) {
      requireTables(connection);
      // Twice: what is locked does not change any more, and what has changed before is noticed.
      Catalog before = Catalog.read(connection.jdbc());
      connection.begin("ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      connection.execute("LOCK TABLE %s IN ACCESS SHARE MODE".formatted(quotedTables(before)));
      Catalog catalog = Catalog.read(connection.jdbc());
      if (!catalog.equals(before)) {
        throw new BackupException("the tables are being migrated; try again when that is done");
      }
      var count = new CountedProgress(progress, 2 * Math.max(1, estimate(connection, catalog)));
      Manifest manifest = copied(connection, catalog, writer, count);
      Path written = writer.finish(manifest);
      long bytes = verified(written, manifest, count);
      writer.publish();
      return new Written(manifest, bytes);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static Manifest copied(
      LongConnection connection, Catalog catalog, ArchiveWriter writer, CountedProgress count)
      throws SQLException, IOException {
    int schema = Integer.parseInt(connection.text(SCHEMA_VERSION));
    String taken =
        connection.text(
            "SELECT to_char(transaction_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    List<Manifest.Table> tables = new ArrayList<>();
    for (Catalog.Table table : catalog.tables()) {
      var rows = new CountedRows(count::passed);
      OutputStream out = writer.begin(table.name(), rows);
      connection.copies().copyOut(copyOut(table), out);
      writer.end();
      tables.add(rows.table(table));
    }
    // After the rows, since sequences know no snapshot: so none is behind a row.
    List<Manifest.Sequence> sequences = new ArrayList<>();
    for (String name : catalog.sequences()) {
      sequences.add(sequence(connection, name));
    }
    return new Manifest(schema, connection.serverVersion(), taken, tables, sequences);
  }

  private static Manifest.Sequence sequence(LongConnection connection, String name)
      throws SQLException {
    String[] state =
        connection
            .text("SELECT last_value || ' ' || is_called FROM \"%s\"".formatted(name))
            .split(" ", 2);
    return new Manifest.Sequence(name, Long.parseLong(state[0]), state[1].startsWith("t"));
  }

  private static String copyOut(Catalog.Table table) {
    String values =
        table.columns().stream()
            .map(
                column ->
                    column.type().equals(TRANSACTION) ? "'0'::xid8" : '"' + column.name() + '"')
            .collect(Collectors.joining(", "));
    return "COPY (SELECT %s FROM \"%s\") TO STDOUT".formatted(values, table.name());
  }

  private static long verified(Path file, Manifest manifest, CountedProgress count)
      throws IOException {
    try (Archive archive = Archive.open(file)) {
      if (!archive.manifest().equals(manifest)) {
        throw new BackupException("the list of contents is not read back as it was written");
      }
      archive.verify(count::passed);
      return archive.bytes();
    }
  }

  private static void requireTables(LongConnection connection) throws SQLException {
    if (!connection.has("flyway_schema_history") || !connection.has("users")) {
      throw new BackupException(
          "the database has no tables of Gatehouse; there is nothing to back up");
    }
  }

  private static long estimate(LongConnection connection, Catalog catalog) throws SQLException {
    String names =
        catalog.tables().stream()
            .map(table -> "'\"%s\"'::regclass".formatted(table.name()))
            .collect(Collectors.joining(", "));
    return Long.parseLong(
        connection.text(
            "SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint FROM pg_class WHERE oid IN (%s)"
                .formatted(names)));
  }

  private static String quotedTables(Catalog catalog) {
    return Catalog.quoted(catalog.tables().stream().map(Catalog.Table::name).toList());
  }

  private BackupException failed(SQLException failure) {
    return new BackupException(
        "the database %s cannot be backed up: %s"
            .formatted(settings.address(), LongConnection.firstLine(failure)),
        failure);
  }
}
