package dev.gatehouse.testkit.prometheus;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Finds programs of the package `prometheus` on the path.
final class InstalledProgram {
  private InstalledProgram() {}

  /// The path of a program; skips the test with a message if it is not installed.
  static Path find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> Assumptions.abort(name + " is missing: scripts/install-test-tools.sh brings it"));
  }
}
