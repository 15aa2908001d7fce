package dev.gatehouse.accounts.signin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// A count-min sketch (Cormode and Muthukrishnan, 2005) whose counters lose half their value every
/// half-life: counts how often each of any number of keys was seen lately, in 2 MiB. Estimates are
/// never below the decayed count. Lock-free.
final class DecayingSketch {
  private static final int ROWS = 4;
  private static final int SLOTS = 1 << 16;
  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /// Counters have this many binary places, so that halving forgets smoothly.
  private static final int FRACTION_BITS = 4;

  private final AtomicLongArray counters = new AtomicLongArray(ROWS * SLOTS);
  private final long halfLifeNanos;
  private final LongSupplier nanoTime;
  private final long origin;
  private final long seed;

  DecayingSketch(Duration halfLife, LongSupplier nanoTime, RandomGenerator random) {
    this.halfLifeNanos = halfLife.toNanos();
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong();
    this.seed = random.nextLong();
  }

  void increment(String key) {
    long epoch = epoch();
    long hash = hash(key);
    for (int row = 0; row < ROWS; row++) {
      counters.accumulateAndGet(
          slot(hash, row),
          epoch,
          (counter, now) -> {
            long count = Math.min(COUNT_MASK, decayed(counter, now) + (1 << FRACTION_BITS));
            return now << COUNT_BITS | count;
          });
    }
  }

  /// The decayed count, rounded down.
  int estimate(String key) {
    long epoch = epoch();
    long hash = hash(key);
    long least = COUNT_MASK;
    for (int row = 0; row < ROWS; row++) {
      least = Math.min(least, decayed(counters.get(slot(hash, row)), epoch));
    }
    return (int) (least >>> FRACTION_BITS);
  }

  private static long decayed(long counter, long epoch) {
    long age = Math.max(0, epoch - (counter >>> COUNT_BITS));
    return age >= COUNT_BITS ? 0 : (counter & COUNT_MASK) >>> age;
  }

  private long epoch() {
    return (nanoTime.getAsLong() - origin) / halfLifeNanos;
  }

  private static int slot(long hash, int row) {
    int mixed = (int) (hash >>> 32) * (2 * row + 1) + (int) hash;
    mixed = (mixed ^ mixed >>> 15) * 0x2C1B3C6D;
    return row * SLOTS + ((mixed ^ mixed >>> 13) & SLOTS - 1);
  }

  private long hash(String key) {
    long hash = seed;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash * 0xBF58476D1CE4E5B9L;
  }
}
