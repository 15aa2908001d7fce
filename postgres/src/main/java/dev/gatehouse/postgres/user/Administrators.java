package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.sql.SQLException;

/// Keeps the last active administrator.
///
/// A change that takes the right from an administrator locks that user's row first and then comes
/// here. Such changes then run one after the other, so that each sees what the one before it
/// committed: two administrators who remove each other cannot both succeed. The lock of the row
/// always comes before this one, so that the two orders cannot cross.
final class Administrators {
  /// Any number that no other advisory lock of this database has.
  private static final long LOCK_ID = 0x6761_7465_6164_6d69L;

  private static final Sql LOCK = Sql.of("SELECT pg_advisory_xact_lock(:id)");

  private static final Sql ANOTHER =
      Sql.of(
          """
          SELECT 1
          FROM users
          WHERE status = 'active' AND 'admin' = ANY (roles) AND id <> :id
          LIMIT 1
          """);

  private Administrators() {}

  /// Makes sure, until the end of the transaction, that an active administrator remains without
  /// this one.
  ///
  /// @throws Refusal `LAST_ADMINISTRATOR`
  static void requireAnother(Statements statements, UserId id) throws SQLException {
    statements.first(LOCK.with("id", LOCK_ID), _ -> true);
    if (statements.first(ANOTHER.with("id", id.value()), _ -> true).isEmpty()) {
      throw Refusal.lastAdministrator();
    }
  }
}
