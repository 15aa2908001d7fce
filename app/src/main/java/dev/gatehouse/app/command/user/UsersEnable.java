package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.app.command.operator.CommandContext;
import picocli.CommandLine.Command;

/// Lets a user sign in again.
@Command(
    name = "enable",
    description = "Lets a user sign in again.",
    mixinStandardHelpOptions = true)
final class UsersEnable extends UserChangeCommand {
  UsersEnable(CommandContext surroundings) {
    super(surroundings);
  }

  @Override
  UserChange change(User stored) {
    return UserChange.of(UserStatus.ACTIVE);
  }
}
