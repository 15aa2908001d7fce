package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.LiveApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.time.Duration;
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

    assertThat(keys().findLive(secret)).contains(new LiveApiKey(key, Optional.empty()));
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
  void findsAKeyUntilItExpires() {
    ApiKeySecret lasting = Sample.apiKeySecret();
    ApiKeySecret brief = Sample.apiKeySecret();
    ApiKey key = keys().add(fresh("lasting"), lasting, new Expiry.After(Duration.ofHours(1)));
    keys().add(fresh("brief"), brief, new Expiry.After(Duration.ofMillis(50)));

    LiveApiKey found = keys().findLive(lasting).orElseThrow();
    assertThat(found.key()).isEqualTo(key);
    assertThat(found.remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    assertThat(listed(key).expiresAt()).isEqualTo(key.expiresAt()).isPresent();
    await().atMost(Duration.ofSeconds(30)).until(() -> keys().findLive(brief).isEmpty());
    assertThat(keys().list()).anyMatch(other -> other.name().equals("brief"));
  }

  @Test
  void takesNoEndThatIsNotAhead() {
    Instant end = Instant.parse("2020-01-31T12:00:00Z");
    ApiKeySecret secret = Sample.apiKeySecret();

    assertThatExceptionOfType(InvalidFields.class)
        .isThrownBy(() -> keys().add(fresh("late"), secret, new Expiry.At(end)))
        .satisfies(it -> assertThat(it.errors().getFirst().field()).isEqualTo("expires_at"));

    assertThat(keys().findLive(secret)).isEmpty();
    assertThat(keys().list()).noneMatch(key -> key.name().equals("late"));
    Instant ahead = Instant.parse("2200-01-31T12:00:00Z");
    assertThat(keys().add(fresh("ahead"), secret, new Expiry.At(ahead)).expiresAt())
        .contains(ahead);
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
    keys().add(newer, Sample.apiKeySecret(), Expiry.NEVER);

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
    return keys().add(key, secret, Expiry.NEVER);
  }

  private static ApiKey fresh(String name) {
    return ApiKey.create(new ApiKeyId(Sample.id()), name, Set.of(Scope.INTROSPECT), Sample.NOON);
  }

  private ApiKey listed(ApiKey key) {
    Optional<ApiKey> found =
        keys().list().stream().filter(other -> other.id().equals(key.id())).findFirst();
    return found.orElseThrow();
  }
}
