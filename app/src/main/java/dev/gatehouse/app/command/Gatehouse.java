package dev.gatehouse.app.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `gatehouse` itself: names the others.
@Command(
    name = "gatehouse",
    description = "A self-hosted backend for user accounts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage or configuration."})
public final class Gatehouse {
  private Gatehouse() {}

  /// The command line with all its commands.
  public static CommandLine commandLine(Surroundings surroundings) {
    var reports = new ErrorReports(surroundings);
    return new CommandLine(new Gatehouse())
        .addSubcommand(new ServeCommand(surroundings))
        .addSubcommand(new GatewayCommand(surroundings))
        .addSubcommand(new DemoCommand(surroundings))
        .addSubcommand(new MigrateCommand(surroundings))
        .addSubcommand(new ConfigCommand(surroundings))
        .addSubcommand(UsersCommand.commandLine(surroundings))
        .addSubcommand(KeysCommand.commandLine(surroundings))
        .addSubcommand(new ImportCommand(surroundings))
        .addSubcommand(new ExportCommand(surroundings))
        .addSubcommand(new CapacityCommand(surroundings))
        .setOut(new PrintWriter(surroundings.out(), true, surroundings.out().charset()))
        .setErr(new PrintWriter(surroundings.err(), true, surroundings.err().charset()))
        .setParameterExceptionHandler(reports)
        .setExecutionExceptionHandler(reports);
  }
}
