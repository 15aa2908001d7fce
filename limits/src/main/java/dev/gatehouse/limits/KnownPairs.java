package dev.gatehouse.limits;

import java.util.random.RandomGenerator;

/// The addresses that have signed in to each account: up to a million pairs in 8 MiB. The key and a
/// random value assign a pair to one of 131,072 rows of eight places; a full row evicts its least
/// recently used pair. Thread-safe; contended only by sign-ins, each of which hashes a password.
final class KnownPairs {
  private static final int WAYS = 8;
  private static final int ROWS = 1 << 17;
  private static final long NOBODY = 0;

  private final long[] pairs = new long[ROWS * WAYS];
  private final long seed;

  /// @param random shuffles the rows, so that an attacker cannot choose accounts that share a row
  ///     with others
  KnownPairs(RandomGenerator random) {
    seed = random.nextLong();
  }

  synchronized boolean contains(long pair) {
    int first = WAYS * row(pair);
    for (int place = first; place < first + WAYS; place++) {
      if (pairs[place] == pair && pair != NOBODY) {
        moveToFront(first, place, pair);
        return true;
      }
    }
    return false;
  }

  synchronized void add(long pair) {
    if (!contains(pair)) {
      int first = WAYS * row(pair);
      moveToFront(first, first + WAYS - 1, pair);
    }
  }

  private void moveToFront(int first, int place, long pair) {
    System.arraycopy(pairs, first, pairs, first + 1, place - first);
    pairs[first] = pair;
  }

  private int row(long pair) {
    long mixed = (pair ^ seed) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
    return (int) (mixed >>> 32) & (ROWS - 1);
  }
}
