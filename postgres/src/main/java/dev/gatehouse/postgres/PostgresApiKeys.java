package dev.gatehouse.postgres;

import dev.gatehouse.accounts.model.ApiKey;
import dev.gatehouse.accounts.model.ApiKeyId;
import dev.gatehouse.accounts.model.ApiKeySecret;
import dev.gatehouse.accounts.model.ApiKeys;
import dev.gatehouse.accounts.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The store of API keys on PostgreSQL. One round trip for each call.
public final class PostgresApiKeys implements ApiKeys {
  private final Database database;

  public PostgresApiKeys(Database database) {
    this.database = database;
  }

  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO api_keys (id, name, secret_hash, scopes, created_at)
          VALUES (:id, :name, :secret_hash, :scopes, :created_at)
          """);

  @Override
  public void add(ApiKey key, ApiKeySecret secret) {
    var call =
        ADD.with("id", key.id().value())
            .and("name", key.name())
            .and("secret_hash", secret.hash())
            .and("scopes", key.scopes().stream().map(Scope::text).sorted().toArray(String[]::new))
            .and("created_at", key.createdAt());
    database.write(statements -> statements.update(call));
  }

  private static final Sql FIND_LIVE =
      Sql.of(
          """
          SELECT id, name, scopes, created_at, last_used_at, revoked_at
          FROM api_keys
          WHERE secret_hash = :secret_hash AND revoked_at IS NULL
          """);

  @Override
  public Optional<ApiKey> findLive(ApiKeySecret secret) {
    var call = FIND_LIVE.with("secret_hash", secret.hash());
    return database.read(statements -> statements.first(call, PostgresApiKeys::key));
  }

  private static final Sql LIST =
      Sql.of(
          """
          SELECT id, name, scopes, created_at, last_used_at, revoked_at
          FROM api_keys
          ORDER BY created_at DESC, id DESC
          LIMIT 1000
          """);

  @Override
  public List<ApiKey> list() {
    return database.read(statements -> statements.query(LIST.call(), PostgresApiKeys::key));
  }

  private static final Sql REVOKE =
      Sql.of("UPDATE api_keys SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL");

  @Override
  public boolean revoke(ApiKeyId id, Instant at) {
    var call = REVOKE.with("id", id.value()).and("at", at);
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static final Sql TOUCH =
      Sql.of(
          """
          UPDATE api_keys
          SET last_used_at = :at
          WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :latest)
          """);

  @Override
  public boolean touch(ApiKeyId id, Instant at) {
    var call =
        TOUCH.with("id", id.value()).and("at", at).and("latest", at.minus(LAST_USE_PRECISION));
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        new ApiKeyId(row.getObject("id", UUID.class)),
        row.getString("name"),
        scopes((String[]) row.getArray("scopes").getArray()),
        Times.instant(row, "created_at"),
        optional(row, "last_used_at"),
        optional(row, "revoked_at"));
  }

  private static Set<Scope> scopes(String[] texts) {
    return Arrays.stream(texts).map(Scope::parse).collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
