package dev.gatehouse.postgres.backup;

import java.sql.SQLException;

/// Ends sessions at a restore: those that were open before it and, unless they are kept, those of
/// the backup. Their access tokens are revoked, so that instances refuse them.
record RestoredSessions(LongConnection connection) {
  void rememberThoseBefore() throws SQLException {
    connection.execute(
        "CREATE TEMPORARY TABLE sessions_before ON COMMIT DROP AS SELECT id FROM sessions");
  }

  /// Ends them, once the rows of the backup are loaded.
  ///
  /// @return how many
  long end(boolean kept) throws SQLException {
    if (!kept) {
      connection.update("INSERT INTO sessions_before SELECT id FROM sessions");
      connection.update("DELETE FROM sessions");
    }
    return connection.update(
        """
        INSERT INTO revocations (session_id)
        SELECT DISTINCT id FROM sessions_before
        WHERE NOT EXISTS (SELECT FROM sessions WHERE sessions.id = sessions_before.id)
        """);
  }
}
