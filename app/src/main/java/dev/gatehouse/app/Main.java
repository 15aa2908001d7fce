package dev.gatehouse.app;

import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.command.Surroundings;
import dev.gatehouse.http.NettyEvents;
import dev.gatehouse.http.Renegotiation;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
            Main::password,
            Boolean.getBoolean("gatehouse.terminal"),
            new Wiring(TelemetryPart::start),
            Runtime.getRuntime()::halt,
            archive::ready);
    System.exit(Gatehouse.run(surroundings, arguments));
  }

  /// Asks for a password without showing it; where nobody sits at a terminal, it is the first line of
  /// the standard input.
  // Since Java 25 there is no console again where input or output is redirected.
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<String> password() throws IOException {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      return Optional.ofNullable(console.readPassword("Password: ")).map(String::new);
    }
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return Optional.ofNullable(input.readLine());
  }
}
