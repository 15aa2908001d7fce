package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.accounts.model.Role;
import dev.gatehouse.accounts.model.User;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Parameters;

/// A command by which a user gets or loses a role.
abstract class UserRoleCommand extends UserChangeCommand {
  @Parameters(index = "1", paramLabel = "ROLE", description = "the role, such as admin")
  private String name = "";

  UserRoleCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /// Does to the user's roles what is to be done with the one of this name.
  ///
  /// @throws InvalidFields when the name cannot be meant
  abstract void change(Set<Role> roles, String name);

  @Override
  final UserChange change(User stored) {
    var roles = new HashSet<>(stored.roles());
    change(roles, name);
    return UserChange.of(roles);
  }
}
