package dev.gatehouse.postgres.database;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The statements of this module, found by their type, so that none can be forgotten.
final class SqlConstants {
  private SqlConstants() {}

  /// All statements but those of some classes.
  static List<Sql> outside(Set<Class<?>> excluded)
      throws IOException, URISyntaxException, ReflectiveOperationException {
    var found = new ArrayList<Sql>();
    for (Class<?> type : classes()) {
      if (!excluded.contains(type)) {
        addFrom(type, found);
      }
    }
    return found;
  }

  private static void addFrom(Class<?> type, List<Sql> found) throws ReflectiveOperationException {
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == Sql.class && Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        found.add((Sql) field.get(null));
      }
    }
  }

  private static List<Class<?>> classes()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    Path folder =
        Path.of(Database.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    var classes = new ArrayList<Class<?>>();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('/', '.').replace(".class", "");
      if (!name.endsWith("package-info")) {
        classes.add(Class.forName(name));
      }
    }
    return classes;
  }
}
