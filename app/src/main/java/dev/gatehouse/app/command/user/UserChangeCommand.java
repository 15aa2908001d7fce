package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;

/// A command that changes one user and shows what became of it.
abstract class UserChangeCommand extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UserChangeCommand(CommandContext surroundings) {
    super(surroundings);
  }

  /// What is to become of the user as it is stored.
  abstract UserChange change(User stored);

  @Override
  public final void run(Operations operations) {
    User user =
        operations
            .administration()
            .administer()
            .change(
                argument.find(operations).id(),
                OptionalLong.empty(),
                this::change,
                Actor.OPERATOR,
                ORIGIN);
    print(UserText.line(user), UserText.fields(user));
  }
}
