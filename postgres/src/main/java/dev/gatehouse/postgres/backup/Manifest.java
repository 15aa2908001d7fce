package dev.gatehouse.postgres.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is in a backup. Written as lines of text.
///
/// @param schema the version of the newest migration that was applied
/// @param server the version of PostgreSQL
/// @param taken the moment that the backup shows, by the database's clock, in RFC 3339
/// @param tables in the order of their names
/// @param sequences in the order of their names
public record Manifest(
    int schema, String server, String taken, List<Table> tables, List<Sequence> sequences) {
  private static final String FIRST_LINE = "gatehouse-backup ";
  private static final int FORMAT = 1;
  private static final String NAME = "([a-z_][a-z0-9_]*)";
  private static final Pattern SCHEMA = Pattern.compile("schema ([0-9]{1,9})");
  private static final Pattern SERVER = Pattern.compile("server (\\S+)");
  private static final Pattern TAKEN = Pattern.compile("taken (\\S+)");
  private static final Pattern TABLE =
      Pattern.compile("table " + NAME + " ([0-9]{1,18}) ([0-9a-f]{64}) ([a-z0-9_,]+)");
  private static final Pattern SEQUENCE =
      Pattern.compile("sequence " + NAME + " (-?[0-9]{1,19}) (true|false)");

  public Manifest {
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
  }

  /// A table.
  ///
  /// @param columns in the order of the values of a row
  /// @param rows how many
  /// @param sha256 of its rows in the text form of COPY, in hexadecimal
  public record Table(String name, List<String> columns, long rows, String sha256) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /// A sequence.
  ///
  /// @param last the last value, or the first when it was not called
  /// @param called whether the next value comes after the last
  public record Sequence(String name, long last, boolean called) {}

  /// How many rows there are in all.
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  String text() {
    var text = new StringBuilder(FIRST_LINE).append(FORMAT).append('\n');
    text.append("schema ").append(schema).append('\n');
    text.append("server ").append(server).append('\n');
    text.append("taken ").append(taken).append('\n');
    for (Table table : tables) {
      String columns = String.join(",", table.columns());
      text.append(
          "table %s %d %s %s\n".formatted(table.name(), table.rows(), table.sha256(), columns));
    }
    for (Sequence sequence : sequences) {
      text.append(
          "sequence %s %d %s\n".formatted(sequence.name(), sequence.last(), sequence.called()));
    }
    return text.toString();
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws BackupException when it is something else, or of a newer form
  static Manifest parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 4 || !lines.getFirst().startsWith(FIRST_LINE)) {
      throw new BackupException("it has no readable list of its contents");
    }
    String format = lines.getFirst().substring(FIRST_LINE.length());
    if (!format.equals(Integer.toString(FORMAT))) {
      throw new BackupException(
          "it is of format %s, and this program reads format %d: restore it with a newer release"
              .formatted(format, FORMAT));
    }
    var tables = new ArrayList<Table>();
    var sequences = new ArrayList<Sequence>();
    for (String line : lines.subList(4, lines.size())) {
      if (line.startsWith("table ")) {
        Matcher table = matched(TABLE, line);
        List<String> columns = List.of(table.group(4).split(",", -1));
        long rows = Long.parseLong(table.group(2));
        tables.add(new Table(table.group(1), columns, rows, table.group(3)));
      } else {
        Matcher sequence = matched(SEQUENCE, line);
        long last = Long.parseLong(sequence.group(2));
        sequences.add(
            new Sequence(sequence.group(1), last, Boolean.parseBoolean(sequence.group(3))));
      }
    }
    return new Manifest(
        Integer.parseInt(matched(SCHEMA, lines.get(1)).group(1)),
        matched(SERVER, lines.get(2)).group(1),
        matched(TAKEN, lines.get(3)).group(1),
        tables,
        sequences);
  }

  private static Matcher matched(Pattern form, String line) {
    Matcher matcher = form.matcher(line);
    if (!matcher.matches()) {
      throw new BackupException("it has no readable list of its contents");
    }
    return matcher;
  }
}
