package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.KeyUse;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.Registration;
import dev.gatehouse.accounts.model.Registrations;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The store of registrations on PostgreSQL. The unique key decides between twins; whether a claim is
/// in force, the server's clock. A claim is a committed row, so that no connection is held meanwhile.
public final class PostgresRegistrations implements Registrations {
  private final Database database;

  public PostgresRegistrations(Database database) {
    this.database = database;
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT key, request, user_id, registered_at, claimed_until IS NOT NULL AS claimed
          FROM registrations
          WHERE key = :key AND (registered_at > :after OR claimed_until > clock_timestamp())
          """);

  @Override
  public KeyUse find(String key, Instant after) {
    var call = FIND.with("key", key).and("after", after);
    return database
        .read(statements -> statements.first(call, PostgresRegistrations::use))
        .orElseGet(KeyUse.Unused::new);
  }

  private static final String CLAIMING =
      """
      INSERT INTO registrations (key, request, user_id, registered_at, claimed_until)
      VALUES (
        :key, '', :claimant, '-infinity',
        clock_timestamp() + :lease_ms * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE
      SET request = '', user_id = :claimant, registered_at = '-infinity',
        claimed_until = excluded.claimed_until
      WHERE registrations.registered_at <= :after
      """;

  private static final Sql CLAIM =
      Sql.of(
          CLAIMING
              + """
                  AND coalesce(registrations.claimed_until <= clock_timestamp(), true)
                """);

  private static final Sql TAKE_OVER = Sql.of(CLAIMING);

  @Override
  public KeyUse claim(String key, UserId claimant, Instant after, Duration lease) {
    return claim(CLAIM, key, claimant, after, lease);
  }

  @Override
  public KeyUse takeOver(String key, UserId claimant, Instant after, Duration lease) {
    return claim(TAKE_OVER, key, claimant, after, lease);
  }

  private KeyUse claim(Sql how, String key, UserId claimant, Instant after, Duration lease) {
    var call =
        how.with("key", key)
            .and("claimant", claimant.value())
            .and("lease_ms", lease.toMillis())
            .and("after", after);
    if (database.write(statements -> statements.update(call)) == 1) {
      return new KeyUse.Unused();
    }
    // What was in the way may be gone by now; whoever asks again finds out.
    return find(key, after) instanceof KeyUse.Registered earlier ? earlier : new KeyUse.Claimed();
  }

  private static final Sql REGISTER =
      Sql.of(
          """
          INSERT INTO registrations (key, request, user_id, registered_at)
          VALUES (:key, :request, :user_id, :registered_at)
          ON CONFLICT (key) DO UPDATE
          SET request = :request, user_id = :user_id, registered_at = :registered_at,
            claimed_until = NULL
          WHERE registrations.registered_at <= :after
            AND (registrations.user_id = :user_id
              OR coalesce(registrations.claimed_until <= clock_timestamp(), true))
          """);

  @Override
  public boolean add(User user, PasswordHash hash, Registration registration, Instant after) {
    var call =
        REGISTER
            .with("key", registration.key())
            .and("request", registration.request())
            .and("user_id", registration.user().value())
            .and("registered_at", registration.at())
            .and("after", after);
    return database.transaction(
        statements ->
            statements.update(call) == 1
                && statements.update(PostgresUsers.adding(user, hash)) == 1);
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

  private static KeyUse use(ResultSet row) throws SQLException {
    if (row.getBoolean("claimed")) {
      return new KeyUse.Claimed();
    }
    return new KeyUse.Registered(
        new Registration(
            row.getString("key"),
            row.getString("request"),
            new UserId(row.getObject("user_id", UUID.class)),
            Times.instant(row, "registered_at")));
  }
}
