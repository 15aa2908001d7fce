package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Ended sessions, kept in memory as long as an access token for them can live: its size is bounded
/// by how many sessions end within that time. That time is measured by a monotonic clock from when
/// a session was added, so that a wall clock that steps makes nothing valid again.
public final class RecentRevocations implements Revocations {
  /// The clocks of the instance that issued a token and of the one that verifies it may differ by
  /// 30 s each from the database's.
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);

  private final ConcurrentMap<SessionId, Long> addedAt = new ConcurrentHashMap<>();
  private final AtomicLong lastCleanup;
  private final long keptNanos;
  private final LongSupplier nanoTime;

  /// @param life at least the life of an access token
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public RecentRevocations(Duration life, LongSupplier nanoTime) {
    this.keptNanos = life.plus(CLOCK_DIFFERENCE).toNanos();
    this.nanoTime = nanoTime;
    this.lastCleanup = new AtomicLong(nanoTime.getAsLong());
  }

  @Override
  public boolean contains(SessionId session) {
    return addedAt.containsKey(session);
  }

  @Override
  public void add(Collection<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    sessions.forEach(session -> addedAt.put(session, now));
    removeOld(now);
  }

  /// Runs at most ten times within the time entries are kept, so that adding stays cheap.
  private void removeOld(long now) {
    long last = lastCleanup.get();
    if (now - last < keptNanos / 10 || !lastCleanup.compareAndSet(last, now)) {
      return;
    }
    addedAt.values().removeIf(at -> now - at > keptNanos);
  }
}
