package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.wiring.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says that the email address of a user is the user's own.
@Command(
    name = "verify",
    description = "Marks a user's email address as verified.",
    mixinStandardHelpOptions = true)
final class UsersVerify extends UserCommand {
  @Option(names = "--unverified", description = "mark it as not verified instead")
  private boolean unverified;

  UsersVerify(CommandContext context) {
    super(context);
  }

  @Override
  User run(Operations operations, User user) {
    return changed(operations, user, _ -> UserChange.ofVerified(!unverified));
  }
}
