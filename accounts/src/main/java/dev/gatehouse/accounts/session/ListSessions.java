package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Unavailable;
import java.util.List;

/// Shows users where they are signed in. Thread-safe.
public final class ListSessions {
  private final Sessions sessions;

  public ListSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /// The user's live sessions, last used first, at most 200.
  ///
  /// @throws Unavailable when the store cannot serve
  public List<Session> of(UserId user) {
    return sessions.list(user);
  }
}
