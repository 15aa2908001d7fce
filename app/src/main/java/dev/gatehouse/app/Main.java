package dev.gatehouse.app;

import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.command.NewPassword;
import dev.gatehouse.app.command.Surroundings;
import dev.gatehouse.http.NettyEvents;
import dev.gatehouse.http.Renegotiation;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;

/// Where the program begins.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit status.
  public static void main(String[] arguments) {
    Renegotiation.refuse();
    NettyEvents.leaveOut();
    Carriers.atLeastTwo();
    var archive =
        new ClassArchive(
            Optional.ofNullable(System.getProperty("gatehouse.archive")).map(Path::of));
    var surroundings =
        new Surroundings(
            System.getenv(),
            System.out,
            System.err,
            System.in,
            new NewPassword(terminal(), System.in),
            Boolean.getBoolean("gatehouse.terminal"),
            new Wiring(TelemetryPart::start),
            Runtime.getRuntime()::halt,
            archive::ready);
    int status = Gatehouse.run(surroundings, arguments);
    if (archive.isToBeWritten()) {
      System.err.println(
          "gatehouse: everything is stopped; writing the archive of classes that makes later starts"
              + " faster (some seconds, once after a build)");
    }
    System.exit(status);
  }

  // Since Java 25 there is no console again where input or output is redirected.
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<NewPassword.Terminal> terminal() {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return Optional.empty();
    }
    return Optional.of(
        prompt -> Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new));
  }
}
