package dev.gatehouse.cache;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Decides how long what was once current may be served: until it is older than a bound, or for as
/// long as everything that changes is known to have been known. The one place where the promise
/// "a write is seen by all instances within a second" is kept; nothing here depends on Redis.
/// Thread-safe.
final class Freshness {
  /// What is served was current this short a time ago. A second is promised; the rest of it is for
  /// the answer's way to the client.
  static final Duration BOUND = Duration.ofMillis(900);

  /// What is served while the store cannot be asked was current this short a time ago.
  static final Duration OUTAGE_BOUND = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private volatile boolean heard;
  private volatile long horizon;

  /// Knows of no changes, until it is told how far they are known.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  Freshness(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.horizon = nanoTime.getAsLong();
  }

  /// Takes note that every change acknowledged before a moment has been known and acted upon.
  void heardOfAllBefore(long moment) {
    horizon = moment;
    heard = true;
  }

  /// The moment before which all changes are known.
  long horizon() {
    return horizon;
  }

  /// Whether all changes are known but for those of the last moments.
  boolean hearsAll() {
    return heard && within(horizon, BOUND);
  }

  /// Whether an entry that was current at a moment, and was not invalidated since, may be served.
  /// That something was added is not known.
  boolean current(Entry entry, long asOf) {
    return within(asOf, BOUND) || (hearsAll() && !entry.isAbsent());
  }

  /// The same for when the store cannot be asked.
  boolean tolerable(long asOf) {
    return within(asOf, OUTAGE_BOUND) || (heard && within(horizon, OUTAGE_BOUND));
  }

  private boolean within(long moment, Duration bound) {
    return nanoTime.getAsLong() - moment <= bound.toNanos();
  }
}
