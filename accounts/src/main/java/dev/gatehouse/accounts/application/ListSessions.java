package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.accounts.model.Moments;
import dev.gatehouse.accounts.model.Session;
import dev.gatehouse.accounts.model.Sessions;
import dev.gatehouse.accounts.model.UserId;
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
