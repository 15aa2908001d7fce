package dev.gatehouse.postgres.database;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGProperty;

/// The options that the JDBC driver knows.
public final class DriverOptions {
  private DriverOptions() {}

  /// Their names, of which capital letters are a part.
  public static Set<String> names() {
    var names = new TreeSet<String>();
    for (PGProperty property : PGProperty.values()) {
      names.add(property.getName());
    }
    return names;
  }

  /// The values that an option has, empty when it takes others than a few words.
  public static List<String> choices(String name) {
    return Optional.ofNullable(PGProperty.forName(name))
        .map(PGProperty::getChoices)
        .map(Arrays::asList)
        .orElse(List.of());
  }
}
