package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.errors.InvalidFields;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Parameters;

/// A command by which a user gets or loses a role.
abstract class UserRoleCommand extends UserCommand {
  @Parameters(index = "1", paramLabel = "ROLE", description = "the role, such as admin")
  private String name = "";

  UserRoleCommand(CommandContext context) {
    super(context);
  }

  /// Does to the user's roles what is to be done with the one of this name.
  ///
  /// @throws InvalidFields when the name cannot be meant
  abstract void change(Set<Role> roles, String name);

  @Override
  final User run(Operations operations, User user) {
    return changed(
        operations,
        user,
        stored -> {
          var roles = new HashSet<>(stored.roles());
          change(roles, name);
          return UserChange.of(roles);
        });
  }
}
