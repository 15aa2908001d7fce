package dev.gatehouse.postgres.flow;

import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.Duration;

/// Makes stored flows and wrong codes older.
public final class StoredFlows {
  private static final Sql AGE_FLOWS =
      Sql.of(
          """
          UPDATE flows
          SET code_expires_at = code_expires_at - :age_ms * interval '1 millisecond',
            expires_at = expires_at - :age_ms * interval '1 millisecond'
          WHERE email_canonical = :address
          """);

  private static final Sql AGE_FAILURES =
      Sql.of(
          """
          UPDATE code_failures
          SET failed_at = failed_at - :age_ms * interval '1 millisecond',
            counted_since = counted_since - :age_ms * interval '1 millisecond'
          WHERE email_canonical = :address
          """);

  private StoredFlows() {}

  /// Shifts all times of an address into the past.
  public static void age(Database database, EmailAddress email, Duration age) {
    for (Sql statement : new Sql[] {AGE_FLOWS, AGE_FAILURES}) {
      var call = statement.with("age_ms", age.toMillis()).and("address", email.canonical());
      database.write(statements -> statements.update(call));
    }
  }
}
