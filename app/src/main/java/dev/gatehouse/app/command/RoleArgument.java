package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.Role;
import dev.gatehouse.accounts.model.User;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import picocli.CommandLine.Parameters;

/// Names a role that a user gets or loses.
final class RoleArgument {
  @Parameters(index = "1", paramLabel = "ROLE", description = "the role, such as admin")
  private String name = "";

  /// The user's roles after something is done to them with this one.
  UserChange change(User stored, BiConsumer<Set<Role>, Role> what) {
    var roles = new HashSet<>(stored.roles());
    what.accept(roles, new Role(name));
    return UserChange.of(roles);
  }
}
