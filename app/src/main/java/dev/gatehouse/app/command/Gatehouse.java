package dev.gatehouse.app.command;

import dev.gatehouse.app.command.database.ServerCommand;
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
  public static int run(CommandContext context, String... arguments) {
    var reports = new ErrorReports(context);
    return longRunning(context, arguments)
        .map(reports::status)
        .orElseGet(() -> commandLine(context, reports).execute(arguments));
  }

  /// What needs no parsing. The command line with all its commands would be a tenth of their start.
  private static Optional<Callable<Integer>> longRunning(
      CommandContext context, String... arguments) {
    if (arguments.length != 1) {
      return Optional.empty();
    }
    return switch (arguments[0]) {
      case "serve" -> Optional.of(LongRunning.serve(context));
      case "gateway" -> Optional.of(LongRunning.gateway(context));
      default -> Optional.empty();
    };
  }

  static CommandLine commandLine(CommandContext context, ErrorReports reports) {
    return new CommandLine(new Gatehouse())
        .addSubcommand(
            "serve",
            described(
                LongRunning.serve(context), "Runs an instance of the API until SIGTERM or Ctrl-C."))
        .addSubcommand(
            "gateway",
            described(
                LongRunning.gateway(context),
                "Runs a gateway in front of many instances until SIGTERM or Ctrl-C."))
        .addSubcommand(
            "demo",
            described(
                LongRunning.demo(context),
                "Runs a cluster for trying out: three instances and a gateway on one database.",
                "Uses Consul if it is installed. Runs until Ctrl-C and then deletes its data."))
        .addSubcommand(new MigrateCommand(context))
        .addSubcommand(new ConfigCommand(context))
        .addSubcommand(UsersCommand.commandLine(context))
        .addSubcommand(KeysCommand.commandLine(context))
        .addSubcommand(new ImportCommand(context))
        .addSubcommand(new ExportCommand(context))
        .addSubcommand(new BackupCommand(context))
        .addSubcommand(new RestoreCommand(context))
        .addSubcommand(ServerCommand.commandLine(context))
        .addSubcommand(new CapacityCommand(context))
        .setOut(new PrintWriter(context.out(), true, context.out().charset()))
        .setErr(new PrintWriter(context.err(), true, context.err().charset()))
        .setParameterExceptionHandler((wrong, _) -> reports.misused(wrong))
        .setExecutionExceptionHandler((failure, _, _) -> reports.failed(failure));
  }

  private static CommandLine described(LongRunning command, String... description) {
    var line = new CommandLine(command);
    line.getCommandSpec().usageMessage().description(description);
    return line;
  }
}
