package dev.gatehouse.app.command.key;

import dev.gatehouse.app.command.operator.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Names the commands for keys.
@Command(
    name = "keys",
    description = "Manages API keys and the keys that sign access tokens.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand {
  private KeysCommand() {}

  public static CommandLine commandLine(CommandContext context) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new KeysCreate(context))
        .addSubcommand(new KeysList(context))
        .addSubcommand(new KeysRevoke(context))
        .addSubcommand(new KeysRotateSigning(context));
  }
}
