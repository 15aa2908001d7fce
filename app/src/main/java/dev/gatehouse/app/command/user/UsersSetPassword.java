package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Gives a user another password, without the current one.
@Command(
    name = "set-password",
    description = {
      "Sets a user's password; all sessions end.",
      "The password is asked for twice, or read from standard input."
    },
    mixinStandardHelpOptions = true)
final class UsersSetPassword extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersSetPassword(CommandContext surroundings) {
    super(surroundings);
  }

  @Override
  public void run(Operations operations) throws Exception {
    User user = argument.find(operations);
    String password = surroundings().newPassword();
    operations.administration().setPassword().set(user.id(), password, Actor.OPERATOR, ORIGIN);
    print(UserText.line(user), UserText.fields(user));
  }
}
