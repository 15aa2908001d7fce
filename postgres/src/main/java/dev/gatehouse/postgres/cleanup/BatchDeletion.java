package dev.gatehouse.postgres.cleanup;

import dev.gatehouse.postgres.database.Sql;

/// Statements that delete the oldest rows of a table, `:batch` of them at most, and skip rows that
/// others hold. Rows are deleted by their place, which stays the same while they are locked: the
/// server would rather read the whole table than join by key.
final class BatchDeletion {
  private BatchDeletion() {}

  /// Deletes nothing unless the clock of the database agrees with `:here`.
  ///
  /// @param order what decides which rows are the oldest, as an index has it
  /// @param expired the condition for a row
  static Sql byClock(String table, String order, String expired) {
    return of(table, order, expired + Cleanup.CLOCKS_AGREE);
  }

  /// Deletes by a condition that needs no clock.
  ///
  /// @param order what decides which rows are the oldest, as an index has it
  /// @param surplus the condition for a row
  static Sql of(String table, String order, String surplus) {
    return Sql.of(
        """
        DELETE FROM %1$s
        WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM %1$s
          WHERE %3$s
          ORDER BY %2$s
          LIMIT :batch
          FOR UPDATE SKIP LOCKED))
        """
            .formatted(table, order, surplus));
  }
}
