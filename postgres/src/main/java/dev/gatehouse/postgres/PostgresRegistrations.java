package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.Registration;
import dev.gatehouse.accounts.model.Registrations;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The store of registrations on PostgreSQL. The unique key decides between twins: the second waits for
/// the first, for as long as its two inserts take, and then finds what it left.
public final class PostgresRegistrations implements Registrations {
  private final Database database;

  public PostgresRegistrations(Database database) {
    this.database = database;
  }

  private static final Sql FIND =
      Sql.of(
          """
          SELECT key, request, user_id, registered_at
          FROM registrations
          WHERE key = :key AND registered_at > :after
          """);

  @Override
  public Optional<Registration> find(String key, Instant after) {
    return database.read(statements -> find(statements, key, after));
  }

  private static final Sql CLAIM =
      Sql.of(
          """
          INSERT INTO registrations (key, request, user_id, registered_at)
          VALUES (:key, :request, :user_id, :registered_at)
          ON CONFLICT (key) DO UPDATE
          SET request = :request, user_id = :user_id, registered_at = :registered_at
          WHERE registrations.registered_at <= :after
          """);

  @Override
  public Optional<Registration> add(
      User user, PasswordHash hash, Registration registration, Instant after) {
    var claim =
        CLAIM
            .with("key", registration.key())
            .and("request", registration.request())
            .and("user_id", registration.user().value())
            .and("registered_at", registration.at())
            .and("after", after);
    return database.transaction(
        statements -> {
          if (statements.update(claim) == 0) {
            return find(statements, registration.key(), after);
          }
          statements.update(PostgresUsers.adding(user, hash));
          return Optional.empty();
        });
  }

  private static Optional<Registration> find(Statements statements, String key, Instant after)
      throws SQLException {
    return statements.first(
        FIND.with("key", key).and("after", after),
        row ->
            new Registration(
                row.getString("key"),
                row.getString("request"),
                new UserId(row.getObject("user_id", UUID.class)),
                Times.instant(row, "registered_at")));
  }
}
