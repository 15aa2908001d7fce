package dev.gatehouse.postgres.cleanup;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.Duration;
import java.time.InstantSource;

/// The rows of one table that have expired.
public final class ExpiredRows implements Cleanup {
  private final Sql deletion;

  private ExpiredRows(Sql deletion) {
    this.deletion = deletion;
  }

  /// Rows that fulfil a condition.
  ///
  /// @param order what decides which rows are the oldest, as an index has it
  /// @param expired the condition, in SQL
  public static Cleanup where(String table, String order, String expired) {
    return new ExpiredRows(BatchDeletion.byClock(table, order, expired));
  }

  /// Rows whose time is an age ago or longer.
  ///
  /// @param time the column, which an index has
  public static Cleanup olderThan(Duration age, String table, String time) {
    return where(
        table, time, "%s <= now() - interval '%d milliseconds'".formatted(time, age.toMillis()));
  }

  @Override
  public int sweep(Database database, InstantSource here) {
    return Sweeper.removeAll(
        database,
        () -> deletion.with("here", here.instant()).and("batch", Sweeper.BATCH),
        Sweeper.BATCH);
  }
}
