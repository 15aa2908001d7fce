package dev.gatehouse.postgres.registration;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.Duration;

/// Makes stored registrations older.
public final class RegistrationRows {
  private static final Sql AGE =
      Sql.of(
          """
          UPDATE registrations
          SET registered_at = registered_at - :age_ms * interval '1 millisecond',
            claimed_until = claimed_until - :age_ms * interval '1 millisecond'
          """);

  private RegistrationRows() {}

  /// Shifts all registrations and claims into the past.
  public static void age(Database database, Duration age) {
    var call = AGE.with("age_ms", age.toMillis());
    database.write(statements -> statements.update(call));
  }
}
