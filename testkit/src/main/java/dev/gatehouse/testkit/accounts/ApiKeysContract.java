package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.model.ApiKey;
import dev.gatehouse.accounts.model.ApiKeyId;
import dev.gatehouse.accounts.model.ApiKeySecret;
import dev.gatehouse.accounts.model.ApiKeys;
import dev.gatehouse.accounts.model.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every store of API keys does.
public abstract class ApiKeysContract {
  /// The store under test; may hold other keys.
  protected abstract ApiKeys keys();

  @Test
  void findsAKeyByItsSecret() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret, Set.of(Scope.USERS_READ, Scope.INTROSPECT));

    assertThat(keys().findLive(secret)).contains(key);
    assertThat(keys().findLive(Sample.apiKeySecret())).isEmpty();
  }

  @Test
  void findsNoRevokedKey() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret, Set.of(Scope.USERS_WRITE));
    Instant later = Sample.NOON.plusSeconds(1);

    assertThat(keys().revoke(key.id(), later)).isTrue();
    assertThat(keys().revoke(key.id(), later.plusSeconds(1))).isFalse();

    assertThat(keys().findLive(secret)).isEmpty();
    assertThat(listed(key).revokedAt()).contains(later);
  }

  @Test
  void revokesNothingForAStranger() {
    assertThat(keys().revoke(new ApiKeyId(Sample.id()), Sample.NOON)).isFalse();
    assertThat(keys().touch(new ApiKeyId(Sample.id()), Sample.NOON)).isFalse();
  }

  @Test
  void listsTheNewestFirst() {
    ApiKey older = added(Sample.apiKeySecret(), Set.of(Scope.INTROSPECT));
    ApiKey newer =
        ApiKey.create(
            new ApiKeyId(Sample.id()),
            "newer",
            Set.of(Scope.INTROSPECT),
            older.createdAt().plusSeconds(1));
    keys().add(newer, Sample.apiKeySecret());

    assertThat(keys().list()).containsSubsequence(newer, older);
  }

  @Test
  void notesAUseAtMostOnceAMinute() {
    ApiKey key = added(Sample.apiKeySecret(), Set.of(Scope.INTROSPECT));
    Instant first = Sample.NOON.plusSeconds(5);

    assertThat(keys().touch(key.id(), first)).isTrue();
    assertThat(keys().touch(key.id(), first.plusSeconds(59))).isFalse();
    assertThat(listed(key).lastUsedAt()).contains(first);
    assertThat(keys().touch(key.id(), first.plusSeconds(60))).isTrue();
    assertThat(listed(key).lastUsedAt()).contains(first.plusSeconds(60));
  }

  private ApiKey added(ApiKeySecret secret, Set<Scope> scopes) {
    ApiKey key = ApiKey.create(new ApiKeyId(Sample.id()), "Billing", scopes, Sample.NOON);
    keys().add(key, secret);
    return key;
  }

  private ApiKey listed(ApiKey key) {
    Optional<ApiKey> found =
        keys().list().stream().filter(other -> other.id().equals(key.id())).findFirst();
    return found.orElseThrow();
  }
}
