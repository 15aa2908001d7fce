package dev.gatehouse.app.system.budget;

import java.util.Map;
import java.util.TreeMap;

/// What a program and the services behind it have used up to a moment, or between two moments.
///
/// @param statements runs of each SQL statement, by its text
/// @param rows rows that each statement reported as written
/// @param commands Redis commands by name
/// @param counts everything else, by name
record Usage(
    Map<String, Long> statements,
    Map<String, Long> rows,
    Map<String, Long> commands,
    Map<String, Long> counts) {

  /// What was used between an earlier moment and this one.
  Usage since(Usage earlier) {
    return new Usage(
        difference(statements, earlier.statements),
        difference(rows, earlier.rows),
        difference(commands, earlier.commands),
        difference(counts, earlier.counts));
  }

  private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> then) {
    var difference = new TreeMap<String, Long>();
    now.forEach(
        (name, count) -> {
          long more = count - then.getOrDefault(name, 0L);
          if (more != 0) {
            difference.put(name, more);
          }
        });
    return difference;
  }
}
