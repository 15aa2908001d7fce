package dev.gatehouse.app.command.user;

import static dev.gatehouse.app.command.user.UserCommand.changed;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Names the commands for users.
@Command(
    name = "users",
    description = "Creates, shows and changes users.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class UsersCommand {
  private final CommandContext surroundings;
  private final CommandLine line = new CommandLine(this);

  private UsersCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  public static CommandLine commandLine(CommandContext surroundings) {
    return new UsersCommand(surroundings).withAll();
  }

  private CommandLine withAll() {
    line.addSubcommand(new UsersCreate(surroundings));
    add("show", (_, user) -> user, "Shows a user.");
    line.addSubcommand(new UsersList(surroundings));
    add(
        "disable",
        (operations, user) -> changed(operations, user, _ -> UserChange.of(UserStatus.DISABLED)),
        "Disables a user; all sessions end.");
    add(
        "enable",
        (operations, user) -> changed(operations, user, _ -> UserChange.of(UserStatus.ACTIVE)),
        "Enables a disabled user, who can then sign in again.");
    add(
        "set-password",
        (operations, user) -> {
          String password = surroundings.newPassword();
          operations
              .administration()
              .setPassword()
              .set(user.id(), password, Actor.OPERATOR, OperatorCommand.ORIGIN);
          return user;
        },
        "Sets a user's password; all sessions end.",
        "The password is prompted for, or read from standard input.");
    line.addSubcommand(new UsersVerify(surroundings));
    line.addSubcommand(new UsersDelete(surroundings));
    line.addSubcommand(new UsersGrant(surroundings));
    return line.addSubcommand(new UsersRevoke(surroundings));
  }

  private void add(String name, UserCommand.Action action, String... description) {
    var command = new CommandLine(UserCommand.of(surroundings, action));
    command.getCommandSpec().usageMessage().description(description);
    line.addSubcommand(name, command);
  }
}
