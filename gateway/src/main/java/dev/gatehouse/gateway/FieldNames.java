package dev.gatehouse.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Names of header fields, found in whatever case they are written, without writing them again.
/// Immutable.
final class FieldNames {
  private final String[][] byLength;

  private FieldNames(List<String> names) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    this.byLength =
        IntStream.rangeClosed(0, longest)
            .mapToObj(length -> names.stream().filter(name -> name.length() == length))
            .map(these -> these.toArray(String[]::new))
            .toArray(String[][]::new);
  }

  static FieldNames of(String... names) {
    return new FieldNames(List.of(names));
  }

  /// These and others.
  FieldNames and(FieldNames others) {
    return new FieldNames(
        Stream.of(this, others)
            .flatMap(each -> Arrays.stream(each.byLength))
            .flatMap(Arrays::stream)
            .toList());
  }

  boolean contains(String name) {
    if (name.length() >= byLength.length) {
      return false;
    }
    for (String candidate : byLength[name.length()]) {
      if (candidate.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
