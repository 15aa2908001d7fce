package dev.gatehouse.postgres.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tables and sequences of Gatehouse in a database, as its catalog tells them: those in the
/// schema and of the owner of the table `users`. So whatever a later migration adds is in a backup
/// too.
///
/// @param tables without those that are left out, in the order of their names
/// @param sequences their names
record Catalog(List<Table> tables, List<String> sequences) {
  /// What is not in a backup: the history of migrations, which a restore makes; the instances that
  /// are alive; and the changes of users that instances are to learn of, since none is alive at a
  /// restore; and the epoch, which a restore raises; and flows, since one that was used after the
  /// backup would be usable again.
  static final Set<String> LEFT_OUT =
      Set.of("flyway_schema_history", "instances", "user_changes", "database_epochs", "flows");

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final String OURS =
      """
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
      JOIN pg_class u ON u.relnamespace = n.oid AND u.relname = 'users' AND u.relowner = c.relowner
      """;
  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, NULL) AS type
      %s
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = ''
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      ORDER BY c.relname, a.attnum
      """
          .formatted(OURS);
  private static final String SEQUENCES =
      """
      SELECT c.relname
      %s
      WHERE c.relkind = 'S'
      ORDER BY c.relname
      """
          .formatted(OURS);
  private static final String REFERENCES =
      """
      SELECT c.relname, r.relname
      %s
      JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> f.conrelid
      JOIN pg_class r ON r.oid = f.confrelid
      """
          .formatted(OURS);

  Catalog {
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
  }

  /// A table and the columns whose values are stored.
  record Table(String name, List<Column> columns) {
    Table {
      columns = List.copyOf(columns);
    }

    List<String> columnNames() {
      return columns.stream().map(Column::name).toList();
    }
  }

  record Column(String name, String type) {}

  static Catalog read(Connection connection) throws SQLException {
    Map<String, List<Column>> columns = new LinkedHashMap<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns
            .computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
            .add(new Column(rows.getString(2), rows.getString(3)));
      }
    }
    List<Table> tables =
        columns.entrySet().stream()
            .filter(entry -> !LEFT_OUT.contains(entry.getKey()) && isNamed(entry))
            .map(entry -> new Table(entry.getKey(), entry.getValue()))
            .toList();
    var sequences = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SEQUENCES)) {
      while (rows.next()) {
        sequences.add(rows.getString(1));
      }
    }
    return new Catalog(tables, sequences.stream().filter(NAME.asMatchPredicate()).toList());
  }

  /// Names so that each comes after those that it refers to.
  static List<String> ordered(Connection connection, List<String> names) throws SQLException {
    Map<String, Set<String>> needed = new HashMap<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(REFERENCES)) {
      while (rows.next()) {
        needed.computeIfAbsent(rows.getString(1), _ -> new HashSet<>()).add(rows.getString(2));
      }
    }
    var rest = new ArrayList<>(names);
    var ordered = new ArrayList<String>();
    while (!rest.isEmpty()) {
      String next =
          rest.stream()
              .filter(
                  name -> needed.getOrDefault(name, Set.of()).stream().noneMatch(rest::contains))
              .findFirst()
              .orElse(rest.getFirst());
      ordered.add(next);
      rest.remove(next);
    }
    return ordered;
  }

  /// Names as SQL lists them.
  static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  private static boolean isNamed(Map.Entry<String, List<Column>> table) {
    return NAME.matcher(table.getKey()).matches()
        && table.getValue().stream().map(Column::name).allMatch(NAME.asMatchPredicate());
  }
}
