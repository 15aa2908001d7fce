package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserStatus;
import dev.gatehouse.app.Operations;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Disables a user; all sessions end.
@Command(
    name = "disable",
    description = "Disables a user; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersDisable extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UsersDisable(Surroundings surroundings) {
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
                _ -> UserChange.of(UserStatus.DISABLED),
                Actor.OPERATOR,
                ORIGIN);
    print(UserText.line(user), UserText.fields(user));
  }
}
