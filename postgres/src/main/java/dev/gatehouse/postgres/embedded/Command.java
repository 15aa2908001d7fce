package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one of the server's programs to its end.
///
/// PostgreSQL refuses to run as root. There it is put into its own user namespace, where it is
/// no one, without root's capabilities, yet still the owner of the files we made for it.
final class Command {
  private static final String ROOT = "root";

  private Command() {}

  /// What came of it.
  ///
  /// @param output the last lines of what it said, in one line
  record Outcome(boolean succeeded, String output) {}

  static Outcome run(Duration limit, List<String> command) throws IOException {
    Path output = Files.createTempFile("gatehouse-postgres-", ".out");
    try {
      var process = start(command, output);
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return new Outcome(ended && process.exitValue() == 0, lastLines(output));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("interrupted while running " + command.getFirst(), stopped);
    } finally {
      Files.delete(output);
    }
  }

  private static Process start(List<String> command, Path output) throws IOException {
    List<String> line = new ArrayList<>();
    if (ROOT.equals(System.getProperty("user.name"))) {
      line.addAll(List.of("unshare", "-U", "--"));
    }
    line.addAll(command);
    var builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static String lastLines(Path output) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(output), java.nio.charset.StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return String.join(" ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }
}
