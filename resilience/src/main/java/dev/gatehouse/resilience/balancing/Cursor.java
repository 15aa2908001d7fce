package dev.gatehouse.resilience.balancing;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts turns. The count has two cache lines to itself: every pick writes it, and must not thereby
/// take away from the other processors what every pick reads.
final class Cursor {
  private static final int LONGS_IN_A_LINE = 8;

  private final AtomicLongArray count = new AtomicLongArray(2 * LONGS_IN_A_LINE);

  Cursor(long first) {
    count.set(LONGS_IN_A_LINE, first);
  }

  long next() {
    return count.getAndIncrement(LONGS_IN_A_LINE);
  }
}
