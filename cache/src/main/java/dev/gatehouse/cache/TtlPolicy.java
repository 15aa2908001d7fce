package dev.gatehouse.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long entries are held: somewhat differently each, so that what was loaded together is not
/// missed together, and the knowledge that there is nothing only briefly.
///
/// @param longest no entry is held longer
record TtlPolicy(Duration longest, RandomGenerator random) {
  private static final Duration ABSENT = Freshness.BOUND;
  private static final double SPREAD = 0.1;

  Duration of(Entry entry) {
    Duration base = entry.isAbsent() && ABSENT.compareTo(longest) < 0 ? ABSENT : longest;
    return Duration.ofNanos((long) (base.toNanos() * (1 - SPREAD * random.nextDouble())));
  }
}
