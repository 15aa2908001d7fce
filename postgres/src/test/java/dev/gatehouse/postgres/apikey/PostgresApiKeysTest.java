package dev.gatehouse.postgres.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.LiveApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.testkit.accounts.ApiKeysContract;
import dev.gatehouse.testkit.accounts.Sample;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresApiKeysTest extends ApiKeysContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Override
  protected ApiKeys keys() {
    return new PostgresApiKeys(DATABASE.get());
  }

  private static final Sql AGE =
      Sql.of(
          """
          UPDATE api_keys
          SET created_at = created_at - :age_ms * interval '1 millisecond',
            last_used_at = last_used_at - :age_ms * interval '1 millisecond',
            revoked_at = revoked_at - :age_ms * interval '1 millisecond',
            expires_at = expires_at - :age_ms * interval '1 millisecond'
          """);

  @Override
  protected void age(Duration age) {
    var call = AGE.with("age_ms", age.toMillis());
    DATABASE.get().write(statements -> statements.update(call));
  }

  @Test
  void skipsScopesOfNewerReleases() {
    ApiKeySecret partlyKnown = stored("audit:read", "users:read", "clients:write");
    ApiKeySecret unknown = stored("audit:read");

    assertThat(keys().findLive(partlyKnown).map(LiveApiKey::key).orElseThrow().scopes())
        .containsExactly(Scope.USERS_READ);
    assertThat(keys().findLive(unknown).map(LiveApiKey::key).orElseThrow().scopes()).isEmpty();
    assertThat(keys().list()).hasSizeGreaterThanOrEqualTo(2);
  }

  private static final Sql STORE =
      Sql.of(
          """
          INSERT INTO api_keys (id, name, secret_hash, scopes, created_at)
          VALUES (:id, 'newer', :secret_hash, :scopes, now())
          """);

  private static ApiKeySecret stored(String... scopes) {
    ApiKeySecret secret = Sample.apiKeySecret();
    var call =
        STORE.with("id", UUID.randomUUID()).and("secret_hash", secret.hash()).and("scopes", scopes);
    DATABASE.get().write(statements -> statements.update(call));
    return secret;
  }
}
