package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Counts events of a few kinds over the last stretch of time. The stretch is cut into ten buckets
/// and slides by one bucket, so a sum covers between nine tenths of the length and all of it.
/// Memory is constant, whatever the rate of events.
///
/// Thread-safe and lock-free. Time is handed in, in nanoseconds of a monotonic clock; an event that
/// arrives with a time older than the window is dropped.
public final class SlidingWindow {
  private static final int BUCKETS = 10;

  private final AtomicReferenceArray<Bucket> ring = new AtomicReferenceArray<>(BUCKETS);
  private final long bucketNanos;
  private final int kinds;

  /// An empty window.
  ///
  /// @param length at least a microsecond
  /// @param kinds how many kinds of events are counted, numbered from 0
  public SlidingWindow(Duration length, int kinds) {
    if (length.compareTo(Duration.ofNanos(1_000)) < 0 || kinds < 1) {
      throw new IllegalArgumentException("no window of " + length + " for " + kinds + " kinds");
    }
    this.bucketNanos = length.toNanos() / BUCKETS;
    this.kinds = kinds;
  }

  /// Counts one event.
  public void add(int kind, long now) {
    long tick = Math.floorDiv(now, bucketNanos);
    int place = Math.floorMod(tick, BUCKETS);
    while (true) {
      Bucket bucket = ring.get(place);
      if (bucket != null && bucket.tick == tick) {
        bucket.counts.incrementAndGet(kind);
        return;
      }
      if (bucket != null && bucket.tick - tick > 0) {
        return;
      }
      ring.compareAndSet(place, bucket, new Bucket(tick, new AtomicLongArray(kinds)));
    }
  }

  /// How many events of a kind the window holds at this time.
  public long sum(int kind, long now) {
    long tick = Math.floorDiv(now, bucketNanos);
    long sum = 0;
    for (int place = 0; place < BUCKETS; place++) {
      Bucket bucket = ring.get(place);
      if (bucket != null && tick - bucket.tick < BUCKETS) {
        sum += bucket.counts.get(kind);
      }
    }
    return sum;
  }

  private record Bucket(long tick, AtomicLongArray counts) {}
}
