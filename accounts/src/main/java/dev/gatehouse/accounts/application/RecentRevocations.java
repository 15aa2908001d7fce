package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.model.Revocations;
import dev.gatehouse.accounts.model.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/// Ended sessions, kept in memory as long as an access token for them can live: its size is bounded by
/// how many sessions end within that time.
public final class RecentRevocations implements Revocations {
  private final ConcurrentMap<SessionId, Instant> endedAt = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.EPOCH);
  private final Duration kept;
  private final InstantSource time;

  /// @param kept at least the life of an access token
  public RecentRevocations(Duration kept, InstantSource time) {
    this.kept = kept;
    this.time = time;
  }

  @Override
  public boolean contains(SessionId session) {
    return endedAt.containsKey(session);
  }

  @Override
  public void add(Collection<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    Instant now = time.instant();
    sessions.forEach(session -> endedAt.put(session, now));
    forgetOld(now);
  }

  /// Runs at most ten times within the time entries are kept, so that adding stays cheap.
  private void forgetOld(Instant now) {
    Instant due = nextSweep.get();
    if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plus(kept.dividedBy(10)))) {
      return;
    }
    endedAt.values().removeIf(at -> at.plus(kept).isBefore(now));
  }
}
