package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserStatus;
import picocli.CommandLine.Command;

/// Lets a user sign in again.
@Command(
    name = "enable",
    description = "Lets a user sign in again.",
    mixinStandardHelpOptions = true)
final class UsersEnable extends UserChangeCommand {
  UsersEnable(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  UserChange change(User stored) {
    return UserChange.of(UserStatus.ACTIVE);
  }
}
