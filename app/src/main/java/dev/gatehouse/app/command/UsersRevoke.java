package dev.gatehouse.app.command;

import dev.gatehouse.accounts.model.Role;
import java.util.Set;
import picocli.CommandLine.Command;

/// Takes a role from a user; all sessions end.
@Command(
    name = "revoke",
    description = "Takes a role from a user; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersRevoke extends UserRoleCommand {
  UsersRevoke(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void change(Set<Role> roles, String name) {
    roles.remove(RoleNames.revoked(name, roles));
  }
}
