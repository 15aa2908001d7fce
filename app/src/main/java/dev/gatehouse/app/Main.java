package dev.gatehouse.app;

import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.NewPassword;
import dev.gatehouse.app.wiring.CdsArchive;
import dev.gatehouse.app.wiring.ServerWiring;
import dev.gatehouse.app.wiring.TelemetryPart;
import dev.gatehouse.app.wiring.VirtualThreadScheduler;
import dev.gatehouse.http.eventloop.NettyEvents;
import dev.gatehouse.http.tls.Renegotiation;
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
    VirtualThreadScheduler.atLeastTwo();
    var archive =
        new CdsArchive(Optional.ofNullable(System.getProperty("gatehouse.archive")).map(Path::of));
    var context =
        new CommandContext(
            System.getenv(),
            System.out,
            System.err,
            System.in,
            new NewPassword(Main::terminal, System.in),
            Boolean.getBoolean("gatehouse.terminal"),
            new ServerWiring(TelemetryPart::start),
            Runtime.getRuntime()::halt,
            archive::ready);
    int status = Gatehouse.run(context, arguments);
    if (archive.isToBeWritten()) {
      System.err.println(
          "gatehouse: everything is stopped; writing the archive of classes that makes later starts"
              + " faster (about ten seconds, once after a build)");
    }
    System.exit(status);
  }

  // Costs a tenth of the start, so only a command that asks for a password looks.
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
