package dev.gatehouse.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder for data and logs that is gone afterwards.
record DemoFolder(Path path) implements AutoCloseable {
  static DemoFolder make() throws IOException {
    return new DemoFolder(Files.createTempDirectory("gatehouse-demo-"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
