package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.CustomRole;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.command.operator.RoleNames;
import dev.gatehouse.app.wiring.Operations;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes an account. The password is asked for or read from the standard input: arguments can be
/// seen by everybody on the machine.
@Command(
    name = "create",
    description = "Creates a user; the password is prompted for, or read from standard input.",
    mixinStandardHelpOptions = true)
final class UsersCreate extends OperatorCommand {
  @Parameters(paramLabel = "EMAIL", description = "the email address")
  private String email = "";

  @Option(names = "--name", paramLabel = "NAME", description = "the display name")
  private Optional<String> name = Optional.empty();

  @Option(names = "--role", paramLabel = "ROLE", description = "a role; may be repeated")
  private List<String> roles = List.of();

  @Mixin private CustomRole custom = new CustomRole();

  UsersCreate(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) throws Exception {
    Set<Role> held =
        roles.stream()
            .map(role -> RoleNames.granted(role, custom.meant()))
            .collect(Collectors.toSet());
    var change = UserChange.of(held);
    String password = context().newPassword();
    User user =
        operations
            .registerUser()
            .register(
                new RegisterUser.RegistrationRequest(
                    email, password, ProfileInput.of(Profile.Field.DISPLAY_NAME, name)),
                ORIGIN);
    User created =
        operations
            .administration()
            .administer()
            .change(user.id(), OptionalLong.empty(), _ -> change, Actor.OPERATOR, ORIGIN);
    print(UserText.line(created), UserText.fields(created));
  }
}
