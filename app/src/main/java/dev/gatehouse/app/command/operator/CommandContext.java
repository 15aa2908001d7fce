package dev.gatehouse.app.command.operator;

import dev.gatehouse.app.wiring.Launcher;
import dev.gatehouse.errors.InvalidFields;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/// What a command works with, given from outside so that tests can give something else.
///
/// @param environment the variables
/// @param out where data and logs of `serve` go
/// @param err where messages go, and the logs of every other command
/// @param in what is piped into the program
/// @param password asks for a password; empty when there is none to be had
/// @param terminal whether `out` is a person's terminal
/// @param program what the commands set going
/// @param halt ends the process at once with a status
/// @param ready told once an instance is ready
public record CommandContext(
    Map<String, String> environment,
    PrintStream out,
    PrintStream err,
    InputStream in,
    Callable<Optional<String>> password,
    boolean terminal,
    Launcher program,
    IntConsumer halt,
    Runnable ready) {
  /// Copies the variables.
  public CommandContext {
    environment = Map.copyOf(environment);
  }

  /// A new password.
  ///
  /// @throws InvalidFields when none is given
  public String newPassword() throws Exception {
    return password
        .call()
        .orElseThrow(() -> InvalidFields.of("password", "required", "No password was given."));
  }

  boolean coloured() {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /// A bar for a command that takes long.
  ///
  /// @param wanted whether the terminal is free for it
  public ProgressBar progressBar(boolean wanted) {
    return progressBar(wanted, "users");
  }

  /// The same, which counts something else.
  public ProgressBar progressBar(boolean wanted, String counted) {
    return new ProgressBar(err, terminal && wanted, System::nanoTime, counted);
  }
}
