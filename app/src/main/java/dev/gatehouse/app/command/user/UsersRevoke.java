package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.RoleNames;
import java.util.Set;
import picocli.CommandLine.Command;

/// Takes a role from a user; all sessions end.
@Command(
    name = "revoke",
    description = "Takes a role from a user; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersRevoke extends UserRoleCommand {
  UsersRevoke(CommandContext context) {
    super(context);
  }

  @Override
  void change(Set<Role> roles, String name) {
    roles.remove(RoleNames.revoked(name, roles));
  }
}
