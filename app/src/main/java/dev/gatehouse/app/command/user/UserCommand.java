package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import java.util.OptionalLong;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A command for one user, which prints the user as it then is.
@Command(mixinStandardHelpOptions = true)
abstract class UserCommand extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  UserCommand(CommandContext context) {
    super(context);
  }

  /// What is done to a user.
  @FunctionalInterface
  interface Action {
    /// Does it.
    ///
    /// @return the user to print
    User run(Operations operations, User user) throws Exception;
  }

  /// A command without options of its own.
  static UserCommand of(CommandContext context, Action action) {
    return new UserCommand(context) {
      @Override
      User run(Operations operations, User user) throws Exception {
        return action.run(operations, user);
      }
    };
  }

  /// Changes a user.
  ///
  /// @param change what becomes of the user as it is stored
  static User changed(Operations operations, User user, Function<User, UserChange> change) {
    return operations
        .administration()
        .administer()
        .change(user.id(), OptionalLong.empty(), change, Actor.OPERATOR, ORIGIN);
  }

  abstract User run(Operations operations, User user) throws Exception;

  @Override
  public final void run(Operations operations) throws Exception {
    User user = run(operations, argument.find(operations));
    print(UserText.line(user), UserText.fields(user));
  }
}
