package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.User;

/// What became of a refresh token that was used.
public sealed interface Rotation {
  /// It was the current one, or it was used before and not long ago: its successor, the same in
  /// both cases, is to be given out. So neither a lost response nor a second tab signs anyone out.
  ///
  /// @param session the session as it goes on
  /// @param user whose session it is
  record Continued(Session session, User user) implements Rotation {}

  /// It was used before, long ago: anyone who uses it now, or did then, has stolen it. The session
  /// has ended.
  ///
  /// @param session the session that ended
  /// @param user whose session it was
  record Reused(SessionId session, UserId user) implements Rotation {}

  /// It is the current one, and the session was refreshed as often within the grace as the store
  /// remembers. Nothing changed; it can be used once the grace has passed.
  record TooFrequent() implements Rotation {}

  /// Its session has ended or expired.
  record Gone() implements Rotation {}
}
