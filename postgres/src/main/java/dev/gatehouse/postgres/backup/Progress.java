package dev.gatehouse.postgres.backup;

/// Follows a backup or a restore.
@FunctionalInterface
public interface Progress {
  /// Is called every few thousand rows.
  ///
  /// @param rows that are done
  /// @param fraction of the whole, 0 to 1; an estimate
  void done(long rows, double fraction);
}
