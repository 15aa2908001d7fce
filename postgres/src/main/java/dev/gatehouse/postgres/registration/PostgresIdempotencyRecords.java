package dev.gatehouse.postgres.registration;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.registration.IdempotencyRecord;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.IdempotencyState;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.cleanup.ExpiredRows;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Times;
import dev.gatehouse.postgres.user.PostgresUsers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// The store of registrations on PostgreSQL. The unique key decides between twins; whether a claim
/// is in force, the server's clock. A claim is a committed row, so that no connection is held
/// meanwhile. No claim lasts longer than five minutes: one that seems to was made before the clock
/// was set back, and has ended.
public final class PostgresIdempotencyRecords implements IdempotencyRecords {
  /// Deletes a record an hour after it has stopped to count. A claim that seems to last was made
  /// before the clock was set back.
  public static final Cleanup CLEANUP =
      ExpiredRows.where(
          "registrations",
          "registered_at",
          """
          registered_at <= now() - interval '25 hours'
          AND coalesce(claimed_until NOT BETWEEN now() AND now() + interval '1 hour', true)
          """);

  private final Database database;

  public PostgresIdempotencyRecords(Database database) {
    this.database = database;
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT key, request, user_id, registered_at, claimed_until IS NOT NULL AS claimed
          FROM registrations
          WHERE key = :key
            AND (registered_at > now() - :remembered_ms * interval '1 millisecond'
              OR claimed_until > now()
                AND claimed_until <= now() + interval '5 minutes')
          """);

  @Override
  public IdempotencyState find(String key, Duration remembered) {
    var call = FIND.with("key", key).and("remembered_ms", remembered.toMillis());
    return database
        .read(statements -> statements.first(call, PostgresIdempotencyRecords::use))
        .orElseGet(IdempotencyState.Unused::new);
  }

  private static final String CLAIMING =
      """
      INSERT INTO registrations (key, request, user_id, registered_at, claimed_until)
      VALUES (
        :key, '', :claimant, '-infinity',
        now() + :lease_ms * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE
      SET request = '', user_id = :claimant, registered_at = '-infinity',
        claimed_until = excluded.claimed_until
      WHERE registrations.registered_at <= now() - :remembered_ms * interval '1 millisecond'
      """;

  private static final Sql CLAIM =
      Sql.of(
          CLAIMING
              + """
                  AND (registrations.claimed_until IS NULL
                    OR registrations.claimed_until <= now()
                    OR registrations.claimed_until > now() + interval '5 minutes')
                """);

  private static final Sql TAKE_OVER = Sql.of(CLAIMING);

  @Override
  public IdempotencyState claim(String key, UserId claimant, Duration remembered, Duration lease) {
    return claim(CLAIM, key, claimant, remembered, lease);
  }

  @Override
  public IdempotencyState takeOver(
      String key, UserId claimant, Duration remembered, Duration lease) {
    return claim(TAKE_OVER, key, claimant, remembered, lease);
  }

  private IdempotencyState claim(
      Sql how, String key, UserId claimant, Duration remembered, Duration lease) {
    var call =
        how.with("key", key)
            .and("claimant", claimant.value())
            .and("lease_ms", lease.toMillis())
            .and("remembered_ms", remembered.toMillis());
    if (database.write(statements -> statements.update(call)) == 1) {
      return new IdempotencyState.Unused();
    }
    // What was in the way may be gone by now; anyone who asks again finds out.
    return find(key, remembered) instanceof IdempotencyState.Registered earlier
        ? earlier
        : new IdempotencyState.Claimed();
  }

  private static final Sql REGISTER =
      Sql.of(
          """
          INSERT INTO registrations (key, request, user_id, registered_at)
          VALUES (:key, :request, :user_id, now())
          ON CONFLICT (key) DO UPDATE
          SET request = :request, user_id = :user_id, registered_at = now(),
            claimed_until = NULL
          WHERE registrations.registered_at <= now() - :remembered_ms * interval '1 millisecond'
            AND (registrations.user_id = :user_id
              OR registrations.claimed_until IS NULL
              OR registrations.claimed_until <= now()
              OR registrations.claimed_until > now() + interval '5 minutes')
          """);

  @Override
  public Optional<User> add(
      NewUser user, PasswordHash hash, String key, String request, Duration remembered) {
    var call =
        REGISTER
            .with("key", key)
            .and("request", request)
            .and("user_id", user.id().value())
            .and("remembered_ms", remembered.toMillis());
    return database.transaction(
        statements ->
            statements.update(call) == 1
                ? Optional.of(PostgresUsers.added(statements, user, hash))
                : Optional.empty());
  }

  private static final Sql RELEASE =
      Sql.of(
          """
          DELETE FROM registrations
          WHERE key = :key AND user_id = :claimant AND claimed_until IS NOT NULL
          """);

  @Override
  public void release(String key, UserId claimant) {
    var call = RELEASE.with("key", key).and("claimant", claimant.value());
    database.write(statements -> statements.update(call));
  }

  private static IdempotencyState use(ResultSet row) throws SQLException {
    if (row.getBoolean("claimed")) {
      return new IdempotencyState.Claimed();
    }
    return new IdempotencyState.Registered(
        new IdempotencyRecord(
            row.getString("key"),
            row.getString("request"),
            new UserId(row.getObject("user_id", UUID.class)),
            Times.instant(row, "registered_at")));
  }
}
