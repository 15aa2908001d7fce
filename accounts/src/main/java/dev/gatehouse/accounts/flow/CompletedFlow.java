package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.user.User;
import java.util.List;

/// The account after a flow.
///
/// @param user as stored
/// @param ended the sessions that ended
public record CompletedFlow(User user, List<SessionId> ended) {
  public CompletedFlow {
    ended = List.copyOf(ended);
  }
}
