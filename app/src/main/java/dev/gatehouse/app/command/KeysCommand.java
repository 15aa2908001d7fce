package dev.gatehouse.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Names the commands for API keys.
@Command(
    name = "keys",
    description = "Creates, lists and revokes API keys.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
  private KeysCommand() {}

  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new KeysCreate(surroundings))
        .addSubcommand(new KeysList(surroundings))
        .addSubcommand(new KeysRevoke(surroundings));
  }
}
