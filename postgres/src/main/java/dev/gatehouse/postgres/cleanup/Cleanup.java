package dev.gatehouse.postgres.cleanup;

import dev.gatehouse.postgres.database.Database;
import java.time.InstantSource;

/// Deletes rows that have expired, in batches that keep no request waiting. A feature declares one
/// for each of its tables whose rows expire; the [Sweeper] runs them all.
public interface Cleanup {
  /// The end of a condition which then holds only while the clock of the database agrees with
  /// `:here`.
  String CLOCKS_AGREE =
      """
       AND now() BETWEEN :here::timestamptz - interval '30 seconds'
        AND :here::timestamptz + interval '30 seconds'
      """;

  /// Deletes what has expired by the database's clock.
  ///
  /// @param here a clock of this instance; nothing is deleted unless the database's agrees with it
  /// @return how many rows were deleted
  int sweep(Database database, InstantSource here);

  /// Deletes what no clock decides, such as rows beyond a number. Runs also while clocks disagree.
  ///
  /// @return how many rows were deleted
  default int trim(Database database) {
    return 0;
  }
}
