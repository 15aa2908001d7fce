package dev.gatehouse.app;

import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.command.Surroundings;
import java.nio.file.Path;
import java.util.Optional;

/// Where the program begins.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit status.
  public static void main(String[] arguments) {
    var archive =
        new ClassArchive(
            Optional.ofNullable(System.getProperty("gatehouse.archive")).map(Path::of));
    var surroundings =
        new Surroundings(
            System.getenv(),
            System.out,
            System.err,
            Boolean.getBoolean("gatehouse.terminal"),
            new Wiring(),
            Runtime.getRuntime()::halt,
            archive::ready);
    System.exit(Gatehouse.commandLine(surroundings).execute(arguments));
  }
}
