package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.User;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Takes a role from a user; all sessions end.
@Command(
    name = "revoke",
    description = "Takes a role from a user; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersRevoke extends UserChangeCommand {
  @Mixin private RoleArgument role = new RoleArgument();

  UsersRevoke(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  UserChange change(User stored) {
    return role.change(stored, Set::remove);
  }
}
