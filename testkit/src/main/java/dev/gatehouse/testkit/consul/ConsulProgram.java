package dev.gatehouse.testkit.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The path of the Consul program, downloaded by the script of the project if necessary. If it is
/// unavailable, the test is skipped with a reason, or fails in continuous integration (`CI=true`).
final class ConsulProgram {
  private static final long LONGEST_FETCH_SECONDS = 180;

  private ConsulProgram() {}

  static Path path() throws IOException, InterruptedException {
    Path script = repository().resolve("scripts/fetch-consul.sh");
    Path errors = Files.createTempFile("fetch-consul", ".log");
    try {
      Process fetching =
          new ProcessBuilder(script.toString()).redirectError(errors.toFile()).start();
      if (!fetching.waitFor(LONGEST_FETCH_SECONDS, TimeUnit.SECONDS)) {
        fetching.destroy();
        return missing("fetching it took over " + LONGEST_FETCH_SECONDS + " s");
      }
      String printed = new String(fetching.getInputStream().readAllBytes(), UTF_8).strip();
      return fetching.exitValue() == 0 ? Path.of(printed) : missing(Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }

  private static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("mvnw")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("tests run inside the repository"));
  }

  private static Path missing(String why) {
    String message = "Consul is missing (scripts/fetch-consul.sh): " + why.strip();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    return Assumptions.abort(message);
  }
}
