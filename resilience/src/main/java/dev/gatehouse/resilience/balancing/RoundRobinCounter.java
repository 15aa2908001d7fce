package dev.gatehouse.resilience.balancing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Deals out the places of a schedule in turn. Thread-safe: of any number of turns, taken by any
/// number of threads, two places' counts differ by at most one.
///
/// The place is the remainder of a count. It is found by multiplying with the reciprocal: a
/// division would cost about as much as the increment itself. Source: Granlund and Montgomery,
/// "Division by Invariant Integers using Multiplication", PLDI 1994.
final class RoundRobinCounter {
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int LONGS_IN_A_LINE = 8;

  /// Reciprocals are multiples of 2^-62.
  private static final int SCALE = 62;

  private static final long LARGEST_COUNT = 1L << 60;

  /// The count alone in the middle of two cache lines: every pick writes it, and must not thereby
  /// take away from the other processors what every pick reads. An array of our own, not an
  /// `AtomicLongArray`, is one step less on the way there.
  private final long[] count = new long[2 * LONGS_IN_A_LINE];

  private final int places;
  private final long reciprocal;
  private final long exactCounts;

  /// @param places how many there are, at least one
  /// @param first where to begin, zero or more
  RoundRobinCounter(int places, long first) {
    this.count[LONGS_IN_A_LINE] = first;
    this.places = places;
    this.reciprocal = (1L << SCALE) / places + 1;
    this.exactCounts = Math.min(LARGEST_COUNT, Long.highestOneBit((1L << SCALE) / places)) - 1;
  }

  /// The place whose turn it is, from 0.
  int next() {
    return placeOf((long) COUNT.getAndAdd(count, LONGS_IN_A_LINE, 1L));
  }

  /// The reciprocal is too large by less than one part in [#exactCounts], so counts up to there are
  /// placed exactly; then they begin again. With a thousand places that is after 142 years at a
  /// million picks a second.
  int placeOf(long count) {
    long exact = count & exactCounts;
    long passes = Math.multiplyHigh(exact << (Long.SIZE - SCALE), reciprocal);
    return (int) (exact - passes * places);
  }
}
