package dev.gatehouse.testkit.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The result of `promtool`.
///
/// @param status 0 without errors
public record Promtool(int status, String output) {
  private static final int LONGEST_SECONDS = 60;

  /// Runs it, or skips the test if it is not installed.
  ///
  /// @param input its standard input
  public static Promtool run(String input, String... arguments)
      throws IOException, InterruptedException {
    Path program = InstalledProgram.find("promtool");
    Path given = Files.writeString(Files.createTempFile("promtool", ".in"), input, UTF_8);
    Path output = Files.createTempFile("promtool", ".out");
    try {
      var command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectInput(given.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("promtool does not end: " + Files.readString(output, UTF_8));
      }
      return new Promtool(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      Files.delete(given);
      Files.delete(output);
    }
  }
}
