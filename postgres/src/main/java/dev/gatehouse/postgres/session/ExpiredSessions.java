package dev.gatehouse.postgres.session;

import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.cleanup.Sweeper;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.InstantSource;
import java.util.List;

/// Deletes expired sessions. The date in `cleanup_on` says from which day a session is looked at:
/// one that goes on by then, since it was refreshed, gets the day after its end. So refreshes write
/// to no index, and an expired session stays for a day at most.
final class ExpiredSessions implements Cleanup {
  private static final Sql DUE =
      Sql.of(
          """
          SELECT id
          FROM sessions
          WHERE cleanup_on <= CURRENT_DATE
          ORDER BY cleanup_on
          LIMIT :batch
          """);

  private static final Sql DELETE =
      Sql.of(
          """
          DELETE FROM sessions
          WHERE id = ANY (CAST(:ids AS uuid[])) AND least(idle_expires_at, expires_at) <= now()
          """
              + CLOCKS_AGREE);

  private static final Sql POSTPONE =
      Sql.of(
          """
          UPDATE sessions
          SET cleanup_on = CAST(least(idle_expires_at, expires_at) AS date) + 1
          WHERE id = ANY (CAST(:ids AS uuid[])) AND least(idle_expires_at, expires_at) > now()
          """
              + CLOCKS_AGREE);

  @Override
  public int sweep(Database database, InstantSource here) {
    int deleted = 0;
    for (int round = 0; round < Sweeper.BATCHES; round++) {
      String[] due = due(database);
      int now = update(database, DELETE, due, here);
      int postponed = now < due.length ? update(database, POSTPONE, due, here) : 0;
      deleted += now;
      if (due.length < Sweeper.BATCH || now + postponed == 0) {
        return deleted;
      }
    }
    return deleted;
  }

  /// In one order, so that two instances that delete the same sessions do not wait for each other
  /// in a circle.
  private static String[] due(Database database) {
    List<String> ids =
        database.read(
            statements ->
                statements.query(DUE.with("batch", Sweeper.BATCH), row -> row.getString("id")));
    return ids.stream().sorted().toArray(String[]::new);
  }

  private static int update(Database database, Sql statement, String[] ids, InstantSource here) {
    if (ids.length == 0) {
      return 0;
    }
    var call = statement.with("ids", ids).and("here", here.instant());
    return database.write(statements -> statements.update(call));
  }
}
