package dev.gatehouse.app.command.user;

import dev.gatehouse.app.command.operator.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Names the commands for users.
@Command(
    name = "users",
    description = "Creates, shows and changes users.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class UsersCommand {
  private UsersCommand() {}

  public static CommandLine commandLine(CommandContext surroundings) {
    return new CommandLine(new UsersCommand())
        .addSubcommand(new UsersCreate(surroundings))
        .addSubcommand(new UsersShow(surroundings))
        .addSubcommand(new UsersList(surroundings))
        .addSubcommand(new UsersDisable(surroundings))
        .addSubcommand(new UsersEnable(surroundings))
        .addSubcommand(new UsersSetPassword(surroundings))
        .addSubcommand(new UsersVerify(surroundings))
        .addSubcommand(new UsersDelete(surroundings))
        .addSubcommand(new UsersGrant(surroundings))
        .addSubcommand(new UsersRevoke(surroundings));
  }
}
