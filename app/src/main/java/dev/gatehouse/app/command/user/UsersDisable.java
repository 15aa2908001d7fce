package dev.gatehouse.app.command.user;

import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.app.command.operator.CommandContext;
import picocli.CommandLine.Command;

/// Disables a user; all sessions end.
@Command(
    name = "disable",
    description = "Disables a user; all sessions end.",
    mixinStandardHelpOptions = true)
final class UsersDisable extends UserChangeCommand {
  UsersDisable(CommandContext surroundings) {
    super(surroundings);
  }

  @Override
  UserChange change(User stored) {
    return UserChange.of(UserStatus.DISABLED);
  }
}
