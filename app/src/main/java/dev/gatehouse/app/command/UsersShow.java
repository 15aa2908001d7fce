package dev.gatehouse.app.command;

import dev.gatehouse.accounts.model.User;
import dev.gatehouse.app.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows one user.
@Command(name = "show", description = "Shows a user.", mixinStandardHelpOptions = true)
final class UsersShow extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersShow(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(Operations operations) {
    User user = argument.find(operations);
    print(UserText.line(user), UserText.fields(user));
  }
}
