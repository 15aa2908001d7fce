package dev.gatehouse.postgres.backup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Sets sequences so that they give no value that was given before the backup.
final class Sequences {
  /// Columns that take their values from a sequence, also after a `nextval` default.
  private static final String OWNED =
      """
      SELECT s.relname AS sequence, t.relname AS owner, a.attname AS owned
      FROM pg_depend d
      JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      JOIN pg_namespace n ON n.oid = s.relnamespace AND n.nspname = current_schema()
      JOIN pg_class t ON t.oid = d.refobjid
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      """;

  private Sequences() {}

  private record Owned(String sequence, String table, String column) {}

  static void setAbove(LongConnection connection, Manifest manifest, Set<String> known)
      throws SQLException {
    for (Manifest.Sequence sequence : manifest.sequences()) {
      if (known.contains(sequence.name())) {
        connection.text(
            "SELECT setval('\"%s\"', %d, %s)"
                .formatted(sequence.name(), sequence.last(), sequence.called()));
      }
    }
    for (Owned owned : owned(connection)) {
      if (known.contains(owned.sequence())) {
        connection.text(
            """
            SELECT setval('"%1$s"', highest)
            FROM (SELECT max("%3$s")::bigint AS highest FROM "%2$s") AS stored,
              (SELECT last_value, is_called FROM "%1$s") AS state
            WHERE highest > last_value OR highest = last_value AND NOT is_called
            """
                .formatted(owned.sequence(), owned.table(), owned.column()));
      }
    }
  }

  private static List<Owned> owned(LongConnection connection) throws SQLException {
    var found = new ArrayList<Owned>();
    try (var statement = connection.jdbc().createStatement();
        var rows = statement.executeQuery(OWNED)) {
      while (rows.next()) {
        found.add(
            new Owned(
                rows.getString("sequence"), rows.getString("owner"), rows.getString("owned")));
      }
    }
    return found;
  }
}
