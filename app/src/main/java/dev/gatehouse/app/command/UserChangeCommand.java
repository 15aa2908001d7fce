package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.app.Operations;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;

/// A command that changes one user and shows what became of it.
abstract class UserChangeCommand extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UserChangeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /// What is to become of the user as it is stored.
  abstract UserChange change(User stored);

  @Override
  final void run(Operations operations) {
    User user =
        operations
            .administerUser()
            .change(
                argument.find(operations).id(),
                OptionalLong.empty(),
                this::change,
                Actor.OPERATOR,
                ORIGIN);
    print(UserText.line(user), UserText.fields(user));
  }
}
