package dev.gatehouse.limits;

import java.util.random.RandomGenerator;

/// The addresses that have signed in to each account: up to a million pairs in 8 MiB, which grow
/// with the pairs. The key and a random value assign a pair to one of 131,072 rows of eight places;
/// a full row evicts its least recently used pair. Thread-safe; contended only by sign-ins, each of
/// which hashes a password.
final class KnownPairs {
  private static final int WAYS = 8;
  private static final int ROWS = 1 << 17;
  private static final int ROWS_TOGETHER = 1 << 10;
  private static final long EMPTY = 0;

  private final long[][] parts = new long[ROWS / ROWS_TOGETHER][];
  private final long seed;

  /// @param random shuffles the rows, so that an attacker cannot choose accounts that share a row
  ///     with others
  KnownPairs(RandomGenerator random) {
    seed = random.nextLong();
  }

  synchronized boolean contains(long pair) {
    int row = row(pair);
    long[] part = parts[row / ROWS_TOGETHER];
    return part != null && contains(part, first(row), pair);
  }

  synchronized void add(long pair) {
    int row = row(pair);
    long[] part = parts[row / ROWS_TOGETHER];
    if (part == null) {
      part = new long[ROWS_TOGETHER * WAYS];
      parts[row / ROWS_TOGETHER] = part;
    }
    int first = first(row);
    if (!contains(part, first, pair)) {
      moveToFront(part, first, first + WAYS - 1, pair);
    }
  }

  private static int first(int row) {
    return row % ROWS_TOGETHER * WAYS;
  }

  private static boolean contains(long[] pairs, int first, long pair) {
    for (int place = first; place < first + WAYS; place++) {
      if (pairs[place] == pair && pair != EMPTY) {
        moveToFront(pairs, first, place, pair);
        return true;
      }
    }
    return false;
  }

  private static void moveToFront(long[] pairs, int first, int place, long pair) {
    System.arraycopy(pairs, first, pairs, first + 1, place - first);
    pairs[first] = pair;
  }

  private int row(long pair) {
    long mixed = (pair ^ seed) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
    return (int) (mixed >>> 32) & (ROWS - 1);
  }
}
