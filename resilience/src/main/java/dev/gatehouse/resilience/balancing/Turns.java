package dev.gatehouse.resilience.balancing;

/// Deals out the places of a rotation in turn. Thread-safe: of any number of turns, taken by any number
/// of threads, two places' counts differ by at most one.
///
/// The place is the remainder of a count. It is found by multiplying with the reciprocal: a division
/// would cost about as much as the increment itself.
/// Source: Granlund and Montgomery, "Division by Invariant Integers using Multiplication", PLDI 1994.
final class Turns {
  /// Reciprocals are multiples of 2^-62.
  private static final int SCALE = 62;

  private static final long LARGEST_COUNT = 1L << 60;

  private final Cursor cursor;
  private final int places;
  private final long reciprocal;
  private final long exactCounts;

  /// @param places how many there are, at least one
  /// @param first where to begin, zero or more
  Turns(int places, long first) {
    this.cursor = new Cursor(first);
    this.places = places;
    this.reciprocal = (1L << SCALE) / places + 1;
    this.exactCounts = Math.min(LARGEST_COUNT, Long.highestOneBit((1L << SCALE) / places)) - 1;
  }

  /// The place whose turn it is, from 0.
  int next() {
    return placeOf(cursor.next());
  }

  /// The reciprocal is too large by less than one part in [#exactCounts], so counts up to there are
  /// placed exactly; then they begin anew. With a thousand places that is after 142 years at a million
  /// picks a second.
  int placeOf(long count) {
    long exact = count & exactCounts;
    long passes = Math.multiplyHigh(exact << (Long.SIZE - SCALE), reciprocal);
    return (int) (exact - passes * places);
  }
}
