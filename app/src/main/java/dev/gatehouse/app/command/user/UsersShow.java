package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows one user.
@Command(name = "show", description = "Shows a user.", mixinStandardHelpOptions = true)
final class UsersShow extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersShow(CommandContext surroundings) {
    super(surroundings);
  }

  @Override
  public void run(Operations operations) {
    User user = argument.find(operations);
    print(UserText.line(user), UserText.fields(user));
  }
}
