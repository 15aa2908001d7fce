package dev.gatehouse.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name a person probably meant.
public final class Names {
  private Names() {}

  /// The known name nearest to an unknown one, when it is near enough to be a slip: two
  /// letters, or in a long name a third of those behind the common prefix, differ.
  static Optional<String> nearest(String unknown, Collection<String> known) {
    return nearest(unknown, known, Math.max(2, (unknown.length() - Setting.PREFIX.length()) / 3));
  }

  /// The known name nearest to an unknown one, when at most so many letters differ.
  public static Optional<String> nearest(String unknown, Collection<String> known, int slips) {
    return known.stream()
        .filter(name -> distance(unknown, name) <= slips)
        .min(Comparator.comparingInt(name -> distance(unknown, name)));
  }

  /// Levenshtein's distance: the least number of letters inserted, deleted or replaced.
  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced =
            previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        int moved = Math.min(previous[column], current[column - 1]) + 1;
        current[column] = Math.min(replaced, moved);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
