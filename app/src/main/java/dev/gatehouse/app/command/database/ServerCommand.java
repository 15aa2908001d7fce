package dev.gatehouse.app.command.database;

import dev.gatehouse.app.command.operator.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Names the commands for the database server.
@Command(
    name = "database",
    description = "Decides which database server is used.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ServerCommand {
  private ServerCommand() {}

  public static CommandLine commandLine(CommandContext context) {
    return new CommandLine(new ServerCommand()).addSubcommand(new AcceptCommand(context));
  }
}
