package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.CustomRole;
import dev.gatehouse.app.command.operator.RoleNames;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Gives a user a role.
@Command(name = "grant", description = "Gives a user a role.", mixinStandardHelpOptions = true)
final class UsersGrant extends UserRoleCommand {
  @Mixin private CustomRole custom = new CustomRole();

  UsersGrant(CommandContext context) {
    super(context);
  }

  @Override
  void change(Set<Role> roles, String name) {
    roles.add(RoleNames.granted(name, custom.meant()));
  }
}
