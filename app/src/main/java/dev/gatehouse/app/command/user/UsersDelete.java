package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Deletes a user.
@Command(
    name = "delete",
    description = "Deletes a user permanently; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersDelete extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersDelete(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) {
    User user = argument.find(operations);
    operations.administration().administer().delete(user.id(), Actor.OPERATOR, ORIGIN);
    print("deleted " + user.id(), Map.of("deleted", user.id().toString()));
  }
}
