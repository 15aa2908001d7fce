package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.SessionId;
import java.util.List;

/// What an update has done.
///
/// @param user as stored
/// @param ended the sessions that ended
public record UserUpdate(User user, List<SessionId> ended) {
  public UserUpdate {
    ended = List.copyOf(ended);
  }
}
