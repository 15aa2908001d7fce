package dev.gatehouse.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Names the commands for keys.
@Command(
    name = "keys",
    description = "API keys, and the keys that sign access tokens.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
  private KeysCommand() {}

  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new KeysCreate(surroundings))
        .addSubcommand(new KeysList(surroundings))
        .addSubcommand(new KeysRevoke(surroundings))
        .addSubcommand(new KeysRotateSigning(surroundings));
  }
}
