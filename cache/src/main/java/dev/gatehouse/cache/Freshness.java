package dev.gatehouse.cache;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Decides how long an entry may be served: until it exceeds an age, or as long as all changes are
/// known. This class alone guarantees that "a write is seen by all instances within a second"; it
/// does not depend on Redis. Thread-safe.
final class Freshness {
  /// The largest age of served entries. The guarantee is one second; the remainder is for the
  /// transfer of the response to the client.
  static final Duration BOUND = Duration.ofMillis(900);

  /// The largest age of served entries while the store is unavailable.
  static final Duration OUTAGE_BOUND = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private volatile boolean heard;
  private volatile long horizon;

  /// Assumes that no changes are known.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  Freshness(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.horizon = nanoTime.getAsLong();
  }

  /// Records that every change acknowledged before a time is known and was applied.
  void heardOfAllBefore(long moment) {
    horizon = moment;
    heard = true;
  }

  /// The time before which all changes are known.
  long horizon() {
    return horizon;
  }

  /// Whether all changes are known except the latest.
  boolean hearsAll() {
    return heard && within(horizon, BOUND);
  }

  /// Whether an entry that was current at a time, and was not invalidated since, may be served.
  /// Additions are not tracked.
  boolean current(Entry entry, long asOf) {
    return within(asOf, BOUND) || (hearsAll() && !entry.isAbsent());
  }

  /// The same while the store is unavailable.
  boolean tolerable(long asOf) {
    return within(asOf, OUTAGE_BOUND) || (heard && within(horizon, OUTAGE_BOUND));
  }

  private boolean within(long moment, Duration bound) {
    return nanoTime.getAsLong() - moment <= bound.toNanos();
  }
}
