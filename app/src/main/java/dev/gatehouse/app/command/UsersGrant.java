package dev.gatehouse.app.command;

import dev.gatehouse.accounts.model.Role;
import java.util.Set;
import picocli.CommandLine.Command;

/// Gives a user a role.
@Command(name = "grant", description = "Gives a user a role.", mixinStandardHelpOptions = true)
final class UsersGrant extends UserRoleCommand {
  UsersGrant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void change(Set<Role> roles, Role role) {
    roles.add(role);
  }
}
