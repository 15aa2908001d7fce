package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The store of sessions. All times are by the store's own clock. Every method is atomic, blocks
/// its (virtual) thread, gives up at the store's time-outs with [Unavailable], and is safe to call
/// from any thread.
public interface Sessions {
  /// Opens a session for someone whose password was just verified.
  ///
  /// @param verified the stored hash the password matched
  /// @return the session as stored; empty, and nothing is stored, when by now the user is gone,
  ///     disabled or has another password: a sign-in never survives the change it raced with
  Optional<Session> open(
      NewSession session, SessionLifetime lifetime, RefreshToken token, PasswordHash verified);

  /// Uses a genuine refresh token. The first use of the current one makes its successor the current
  /// one and delays the session's idle end. A later use of the same token is taken for a repetition
  /// within the grace after that first use, and for theft from then on, which ends the session. The
  /// store remembers each first use within the grace; a session that is rotated 64 times within it
  /// has to wait, since what is forgotten would pass for theft.
  ///
  /// @param used the token, found genuine by the [RefreshTokenChain]
  /// @param successor the token that follows it
  /// @param idle how long from now the session lives unless it is used again
  /// @param grace how long a used token still gets its successor
  Rotation rotate(RefreshToken used, RefreshToken successor, Duration idle, Duration grace);

  /// The session, if it has neither ended nor expired.
  Optional<Session> find(SessionId id);

  /// The user's live sessions, last used first, at most 200.
  List<Session> list(UserId user);

  /// Ends one session of the user.
  ///
  /// @return whether it was live
  boolean end(UserId user, SessionId id);

  /// Ends all sessions of the user.
  ///
  /// @return those that were live
  List<SessionId> endAll(UserId user);
}
