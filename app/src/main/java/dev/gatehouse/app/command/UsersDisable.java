package dev.gatehouse.app.command;

import dev.gatehouse.accounts.application.UserChange;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserStatus;
import picocli.CommandLine.Command;

/// Disables a user; all sessions end.
@Command(
    name = "disable",
    description = "Disables a user; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersDisable extends UserChangeCommand {
  UsersDisable(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  UserChange change(User stored) {
    return UserChange.of(UserStatus.DISABLED);
  }
}
