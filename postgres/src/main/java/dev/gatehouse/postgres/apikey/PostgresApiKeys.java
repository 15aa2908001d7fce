package dev.gatehouse.postgres.apikey;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.LiveApiKey;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The store of API keys on PostgreSQL. One round trip for each call.
public final class PostgresApiKeys implements ApiKeys {
  private final Database database;
  private final KnownScopes known = new KnownScopes();

  public PostgresApiKeys(Database database) {
    this.database = database;
  }

  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO api_keys (id, name, secret_hash, scopes, created_at, expires_at)
          SELECT :id, :name, :secret_hash, :scopes, now(), ends
          FROM (VALUES (
            coalesce(CAST(:expires_at AS timestamptz), now() + CAST(:life AS interval))))
            AS expiry (ends)
          WHERE ends IS NULL OR ends > now()
          RETURNING id, name, scopes, created_at, last_used_at, revoked_at, expires_at
          """);

  @Override
  public ApiKey add(NewApiKey key, ApiKeySecret secret, Expiry expiry) {
    var call =
        ADD.with("id", key.id().value())
            .and("name", key.name())
            .and("secret_hash", secret.hash())
            .and("scopes", key.scopes().stream().map(Scope::text).sorted().toArray(String[]::new))
            .and("expires_at", end(expiry))
            .and("life", life(expiry));
    return database
        .write(statements -> statements.first(call, this::key))
        .orElseThrow(() -> InvalidFields.of("expires_at", "past", "The time is not ahead."));
  }

  private static Optional<String> end(Expiry expiry) {
    return expiry instanceof Expiry.At(Instant time)
        ? Optional.of(time.toString())
        : Optional.empty();
  }

  private static Optional<String> life(Expiry expiry) {
    return expiry instanceof Expiry.After(Duration life)
        ? Optional.of(life.toMillis() + " milliseconds")
        : Optional.empty();
  }

  private static final Sql FIND_LIVE =
      Sql.of(
          """
          SELECT id, name, scopes, created_at, last_used_at, revoked_at, expires_at,
            CAST(extract(epoch FROM expires_at - now()) * 1000000 AS bigint) AS remaining,
            coalesce(
              last_used_at <= now() - :precision_ms * interval '1 millisecond'
                OR last_used_at > now(),
              true) AS touch_due
          FROM api_keys
          WHERE secret_hash = :secret_hash AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > now())
          """);

  @Override
  public Optional<LiveApiKey> findLive(ApiKeySecret secret) {
    var call =
        FIND_LIVE
            .with("secret_hash", secret.hash())
            .and("precision_ms", LAST_USE_PRECISION.toMillis());
    return database.read(statements -> statements.first(call, this::live));
  }

  private static final Sql LIST =
      Sql.of(
          """
          SELECT id, name, scopes, created_at, last_used_at, revoked_at, expires_at
          FROM api_keys
          ORDER BY created_at DESC, id DESC
          LIMIT 1000
          """);

  @Override
  public List<ApiKey> list() {
    return database.read(statements -> statements.query(LIST.call(), this::key));
  }

  private static final Sql REVOKE =
      Sql.of("UPDATE api_keys SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL");

  @Override
  public boolean revoke(ApiKeyId id) {
    var call = REVOKE.with("id", id.value());
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static final Sql TOUCH =
      Sql.of(
          """
          UPDATE api_keys
          SET last_used_at = now()
          WHERE id = :id
            AND (last_used_at IS NULL
              OR last_used_at <= now() - :precision_ms * interval '1 millisecond'
              OR last_used_at > now())
          """);

  @Override
  public boolean touch(ApiKeyId id) {
    var call = TOUCH.with("id", id.value()).and("precision_ms", LAST_USE_PRECISION.toMillis());
    return database.write(statements -> statements.update(call)) == 1;
  }

  private LiveApiKey live(ResultSet row) throws SQLException {
    long micros = row.getLong("remaining");
    Optional<Duration> remaining =
        row.wasNull() ? Optional.empty() : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
    return new LiveApiKey(key(row), remaining, row.getBoolean("touch_due"));
  }

  private ApiKey key(ResultSet row) throws SQLException {
    var id = new ApiKeyId(row.getObject("id", UUID.class));
    return new ApiKey(
        id,
        row.getString("name"),
        known.scopes(id, (String[]) row.getArray("scopes").getArray()),
        Times.instant(row, "created_at"),
        optional(row, "last_used_at"),
        optional(row, "revoked_at"),
        optional(row, "expires_at"));
  }

  private static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
