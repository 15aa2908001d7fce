package dev.gatehouse.app.system.budget;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What one call of an operation may cost. Counts are exact; bytes are the most that is allowed.
///
/// @param operation its name in the table
/// @param statements SQL statements that the request waits for
/// @param later SQL statements that run after the response, at most
/// @param rows rows written
/// @param redis Redis commands, each a round trip
/// @param hashes passwords hashed or verified
/// @param signed signatures made
/// @param checked signatures checked
/// @param walBytes bytes of write-ahead log
/// @param heapBytes bytes allocated on the program's heap
record Budget(
    String operation,
    double statements,
    double later,
    double rows,
    double redis,
    double hashes,
    double signed,
    double checked,
    long walBytes,
    long heapBytes) {
  static final String HEAD =
      """
      | operation | statements | later | rows | Redis | hashes | signed | checked | WAL bytes | heap bytes |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  /// A line of the table.
  String line() {
    return "| `%s` | %s | %s | %s | %s | %s | %s | %s | %d | %d |"
        .formatted(
            operation,
            number(statements),
            number(later),
            number(rows),
            number(redis),
            number(hashes),
            number(signed),
            number(checked),
            walBytes,
            heapBytes);
  }

  /// Reads a line of the table.
  static Budget parse(String line) {
    List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList();
    return new Budget(
        cells.get(0).replace("`", ""),
        Double.parseDouble(cells.get(1)),
        Double.parseDouble(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)),
        Double.parseDouble(cells.get(5)),
        Double.parseDouble(cells.get(6)),
        Double.parseDouble(cells.get(7)),
        Long.parseLong(cells.get(8)),
        Long.parseLong(cells.get(9)));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
