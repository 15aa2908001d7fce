package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One of the programs a newcomer is told to run, run from the root of the source tree.
record Script(int status, String output) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static Script run(String... command) throws IOException, InterruptedException {
    return runIn(ROOT, command);
  }

  static Script runIn(Path folder, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("script", ".out");
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end: " + Files.readString(output, UTF_8));
      }
      return new Script(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  static Path example(String name) {
    return ROOT.resolve("examples").resolve(name);
  }

  /// The java that runs the tests.
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
