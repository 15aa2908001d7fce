package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserStatus;
import dev.gatehouse.app.Operations;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lets a user sign in again.
@Command(
    name = "enable",
    description = "Lets a user sign in again.",
    mixinStandardHelpOptions = true)
final class UsersEnable extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersEnable(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(Operations operations) {
    User user =
        operations
            .administerUser()
            .change(
                argument.find(operations).id(),
                OptionalLong.empty(),
                _ -> UserChange.of(UserStatus.ACTIVE),
                Actor.OPERATOR,
                ORIGIN);
    print(UserText.line(user), UserText.fields(user));
  }
}
