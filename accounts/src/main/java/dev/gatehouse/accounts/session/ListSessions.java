package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Unavailable;
import java.util.List;

/// Shows users where they are signed in. Thread-safe.
public final class ListSessions {
  private final Sessions sessions;
  private final Moments moments;

  public ListSessions(Sessions sessions, Moments moments) {
    this.sessions = sessions;
    this.moments = moments;
  }

  /// The user's live sessions, last used first, at most 200.
  ///
  /// @throws Unavailable when the store cannot serve
  public List<Session> of(UserId user) {
    return sessions.list(user, moments.now());
  }
}
