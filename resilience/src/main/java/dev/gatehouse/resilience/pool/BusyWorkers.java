package dev.gatehouse.resilience.pool;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Which workers are at work, and since when. Not thread-safe, except that a worker may read its
/// own slot, which no one else writes.
final class BusyWorkers {
  private final boolean[] busy;
  private final long[] since;

  BusyWorkers(int workers) {
    busy = new boolean[workers];
    since = new long[workers];
  }

  void begin(int slot, long now) {
    busy[slot] = true;
    since[slot] = now;
  }

  /// Marks the end and returns how long it took.
  long end(int slot, long now) {
    busy[slot] = false;
    return now - since[slot];
  }

  boolean is(int slot) {
    return busy[slot];
  }

  int count() {
    return (int) IntStream.range(0, busy.length).filter(slot -> busy[slot]).count();
  }

  /// For each task that is running, how long it has run.
  long[] elapsed(long now) {
    long[] elapsed = new long[busy.length];
    int running = 0;
    for (int slot = 0; slot < busy.length; slot++) {
      if (busy[slot]) {
        elapsed[running++] = now - since[slot];
      }
    }
    return Arrays.copyOf(elapsed, running);
  }
}
