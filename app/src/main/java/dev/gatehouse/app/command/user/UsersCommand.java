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
  private final CommandContext context;
  private final CommandLine line = new CommandLine(this);

  private UsersCommand(CommandContext context) {
    this.context = context;
  }

  public static CommandLine commandLine(CommandContext context) {
    return new UsersCommand(context).withAll();
  }

  private CommandLine withAll() {
    line.addSubcommand(new UsersCreate(context));
    add("show", (_, user) -> user, "Shows a user.");
    line.addSubcommand(new UsersList(context));
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
          String password = context.newPassword();
          operations
              .administration()
              .setPassword()
              .set(user.id(), password, Actor.OPERATOR, OperatorCommand.ORIGIN);
          return user;
        },
        "Sets a user's password; all sessions end.",
        "The password is prompted for, or read from standard input.");
    line.addSubcommand(new UsersVerify(context));
    line.addSubcommand(new UsersDelete(context));
    line.addSubcommand(new UsersGrant(context));
    return line.addSubcommand(new UsersRevoke(context));
  }

  private void add(String name, UserCommand.Action action, String... description) {
    var command = new CommandLine(UserCommand.of(context, action));
    command.getCommandSpec().usageMessage().description(description);
    line.addSubcommand(name, command);
  }
}
