package dev.gatehouse.postgres.backup;

/// Passes on how far something has come, every few thousand rows. For one thread.
final class CountedProgress {
  private static final int BETWEEN = 2_000;

  private final Progress progress;
  private final long expected;
  private long rows;
  private long told;

  /// @param expected rows in all; an estimate
  CountedProgress(Progress progress, long expected) {
    this.progress = progress;
    this.expected = Math.max(1, expected);
  }

  void passed(long more) {
    rows += more;
    if (rows - told >= BETWEEN) {
      told = rows;
      progress.done(rows, Math.min(1, (double) rows / expected));
    }
  }
}
