package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.User;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Gives a user a role.
@Command(name = "grant", description = "Gives a user a role.", mixinStandardHelpOptions = true)
final class UsersGrant extends UserChangeCommand {
  @Mixin private RoleArgument role = new RoleArgument();

  UsersGrant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  UserChange change(User stored) {
    return role.change(stored, Set::add);
  }
}
