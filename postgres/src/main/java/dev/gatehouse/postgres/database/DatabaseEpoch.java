package dev.gatehouse.postgres.database;

import dev.gatehouse.errors.Unavailable;

/// The epoch of the database. Instances use a server with a higher epoch than they have seen,
/// whatever else it lacks.
public final class DatabaseEpoch {
  /// Above each epoch before, also above those of a copy that has been raised elsewhere: epochs are
  /// seconds since 1970 once they have been raised.
  public static final String RAISE =
      """
      UPDATE database_epochs
      SET epoch = greatest(epoch + 1, CAST(extract(epoch FROM now()) AS bigint))
      WHERE id = 1
      """;

  /// Writes a sign of life. A copy of the database that instances do not use gets none.
  public static final Sql BEAT =
      Sql.of("UPDATE database_epochs SET beats = beats + 1 WHERE id = 1");

  private static final Sql RAISE_AND_READ = Sql.of(RAISE + "RETURNING epoch");

  private DatabaseEpoch() {}

  /// Raises the epoch: running instances use this server within a second.
  ///
  /// @return the epoch from now on
  /// @throws Unavailable when the database does not respond
  public static long raise(Database database) {
    return database.write(
        statements ->
            statements.first(RAISE_AND_READ.call(), row -> row.getLong("epoch")).orElseThrow());
  }
}
