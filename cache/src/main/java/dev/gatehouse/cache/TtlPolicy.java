package dev.gatehouse.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The lifetime of entries: slightly random, so that entries loaded together do not expire
/// together, and short for the absence of a value.
///
/// @param longest the longest lifetime
record TtlPolicy(Duration longest, RandomGenerator random) {
  private static final Duration ABSENT = Freshness.BOUND;
  private static final double SPREAD = 0.1;

  Duration of(Entry entry) {
    Duration base = entry.isAbsent() && ABSENT.compareTo(longest) < 0 ? ABSENT : longest;
    return Duration.ofNanos((long) (base.toNanos() * (1 - SPREAD * random.nextDouble())));
  }
}
