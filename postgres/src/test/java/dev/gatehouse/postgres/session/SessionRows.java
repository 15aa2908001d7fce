package dev.gatehouse.postgres.session;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.Duration;

/// Makes stored sessions older.
public final class SessionRows {
  private static final Sql AGE =
      Sql.of(
          """
          UPDATE sessions
          SET created_at = created_at - :age_ms * interval '1 millisecond',
            last_used_at = last_used_at - :age_ms * interval '1 millisecond',
            idle_expires_at = idle_expires_at - :age_ms * interval '1 millisecond',
            expires_at = expires_at - :age_ms * interval '1 millisecond',
            cleanup_on = CAST(cleanup_on - :age_ms * interval '1 millisecond' AS date),
            rotations = ARRAY(
              SELECT used - :age_ms * interval '1 millisecond'
              FROM unnest(rotations) WITH ORDINALITY AS uses (used, place)
              ORDER BY place)
          WHERE user_id = :user
          """);

  private SessionRows() {}

  /// Shifts all times of the user's sessions into the past.
  public static void age(Database database, UserId user, Duration age) {
    var call = AGE.with("age_ms", age.toMillis()).and("user", user.value());
    database.write(statements -> statements.update(call));
  }
}
