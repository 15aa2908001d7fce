package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.Role;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.app.Operations;
import java.util.HashSet;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Gives a user a role.
@Command(name = "grant", description = "Gives a user a role.", mixinStandardHelpOptions = true)
final class UsersGrant extends OperatorCommand {
  @Mixin private UserArgument argument = new UserArgument();

  @Parameters(index = "1", paramLabel = "ROLE", description = "the role, such as admin")
  private String name = "";

  UsersGrant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(Operations operations) {
    var role = new Role(name);
    User user =
        operations
            .administerUser()
            .change(
                argument.find(operations).id(),
                OptionalLong.empty(),
                stored -> with(stored, role),
                Actor.OPERATOR,
                ORIGIN);
    print(UserText.line(user), UserText.fields(user));
  }

  private static UserChange with(User stored, Role role) {
    var roles = new HashSet<>(stored.roles());
    roles.add(role);
    return UserChange.of(roles);
  }
}
