package dev.gatehouse.accounts.session;

import java.time.Duration;
import java.time.Instant;

/// How long sessions live.
///
/// @param idle how long after its last use
/// @param absolute how long after its beginning, in any case
public record SessionLifetime(Duration idle, Duration absolute) {
  /// The end of a session that is not used again, when it began and was last used at these moments.
  public Instant idleEnd(Instant createdAt, Instant lastUsedAt) {
    Instant idleEnd = lastUsedAt.plus(idle);
    Instant end = end(createdAt);
    return idleEnd.isBefore(end) ? idleEnd : end;
  }

  /// The end of a session in any case.
  public Instant end(Instant createdAt) {
    return createdAt.plus(absolute);
  }
}
