package dev.gatehouse.app.command;

import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.app.Operations;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Deletes a user.
@Command(
    name = "delete",
    description = "Deletes a user for good; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersDelete extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersDelete(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(Operations operations) {
    User user = argument.find(operations);
    operations.administerUser().delete(user.id(), Actor.OPERATOR, ORIGIN);
    print("deleted " + user.id(), Map.of("deleted", user.id().toString()));
  }
}
