package dev.gatehouse.app.command;

import dev.gatehouse.app.command.key.KeysCommand;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.ErrorReports;
import dev.gatehouse.app.command.user.UsersCommand;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `gatehouse` itself: names the others.
@Command(
    name = "gatehouse",
    description = "A self-hosted backend for user accounts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 3 migrate --check found"
          + " something to apply."
    })
public final class Gatehouse {
  private Gatehouse() {}

  /// Runs one command.
  ///
  /// @return the exit status
  public static int run(CommandContext surroundings, String... arguments) {
    var reports = new ErrorReports(surroundings);
    return longRunning(surroundings, arguments)
        .map(reports::status)
        .orElseGet(() -> commandLine(surroundings, reports).execute(arguments));
  }

  /// What needs no parsing. The command line with all its commands would be a tenth of their start.
  private static Optional<Callable<Integer>> longRunning(
      CommandContext surroundings, String... arguments) {
    if (arguments.length != 1) {
      return Optional.empty();
    }
    return switch (arguments[0]) {
      case "serve" -> Optional.of(LongRunning.serve(surroundings));
      case "gateway" -> Optional.of(LongRunning.gateway(surroundings));
      default -> Optional.empty();
    };
  }

  static CommandLine commandLine(CommandContext surroundings, ErrorReports reports) {
    return new CommandLine(new Gatehouse())
        .addSubcommand(
            "serve",
            described(
                LongRunning.serve(surroundings),
                "Runs an instance of the API until SIGTERM or Ctrl-C."))
        .addSubcommand(
            "gateway",
            described(
                LongRunning.gateway(surroundings),
                "Runs a gateway in front of many instances until SIGTERM or Ctrl-C."))
        .addSubcommand(
            "demo",
            described(
                LongRunning.demo(surroundings),
                "Runs a cluster for trying out: three instances and a gateway on one database.",
                "Uses Consul if it is installed. Runs until Ctrl-C and then deletes its data."))
        .addSubcommand(new MigrateCommand(surroundings))
        .addSubcommand(new ConfigCommand(surroundings))
        .addSubcommand(UsersCommand.commandLine(surroundings))
        .addSubcommand(KeysCommand.commandLine(surroundings))
        .addSubcommand(new ImportCommand(surroundings))
        .addSubcommand(new ExportCommand(surroundings))
        .addSubcommand(new BackupCommand(surroundings))
        .addSubcommand(new RestoreCommand(surroundings))
        .addSubcommand(new CapacityCommand(surroundings))
        .setOut(new PrintWriter(surroundings.out(), true, surroundings.out().charset()))
        .setErr(new PrintWriter(surroundings.err(), true, surroundings.err().charset()))
        .setParameterExceptionHandler((wrong, _) -> reports.misused(wrong))
        .setExecutionExceptionHandler((failure, _, _) -> reports.failed(failure));
  }

  private static CommandLine described(LongRunning command, String... description) {
    var line = new CommandLine(command);
    line.getCommandSpec().usageMessage().description(description);
    return line;
  }
}
