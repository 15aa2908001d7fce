package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.LiveApiKey;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The contract of stores of API keys.
public abstract class ApiKeysContract {
  /// The store under test; may hold other keys.
  protected abstract ApiKeys keys();

  /// Ages the stored keys by this time; a negative time sets their clock back.
  protected abstract void age(Duration age);

  @Test
  void findsAKeyByItsSecret() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret, Set.of(Scope.USERS_READ, Scope.INTROSPECT));

    assertThat(keys().findLive(secret)).contains(new LiveApiKey(key, Optional.empty(), true));
    assertThat(keys().findLive(Sample.apiKeySecret())).isEmpty();
  }

  @Test
  void findsNoRevokedKey() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret, Set.of(Scope.USERS_WRITE));

    assertThat(keys().revoke(key.id())).isTrue();
    Optional<Instant> revokedAt = listed(key).revokedAt();
    assertThat(keys().revoke(key.id())).isFalse();

    assertThat(keys().findLive(secret)).isEmpty();
    assertThat(revokedAt.orElseThrow()).isAfterOrEqualTo(key.createdAt());
    assertThat(listed(key).revokedAt()).isEqualTo(revokedAt);
  }

  @Test
  void findsAKeyUntilItExpires() {
    ApiKeySecret lasting = Sample.apiKeySecret();
    ApiKeySecret brief = Sample.apiKeySecret();
    ApiKey key = keys().add(fresh("lasting"), lasting, new Expiry.After(Duration.ofHours(1)));
    keys().add(fresh("brief"), brief, new Expiry.After(Duration.ofMinutes(1)));

    LiveApiKey found = keys().findLive(lasting).orElseThrow();
    assertThat(found.key()).isEqualTo(key);
    assertThat(found.remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    assertThat(listed(key).expiresAt()).isEqualTo(key.expiresAt()).isPresent();
    assertThat(keys().findLive(brief)).isPresent();
    age(Duration.ofMinutes(1));
    assertThat(keys().findLive(brief)).isEmpty();
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
    assertThat(keys().revoke(new ApiKeyId(Sample.id()))).isFalse();
    assertThat(keys().touch(new ApiKeyId(Sample.id()))).isFalse();
  }

  @Test
  void listsTheNewestFirst() {
    ApiKey older = added(Sample.apiKeySecret(), Set.of(Scope.INTROSPECT));
    age(Duration.ofSeconds(1));
    ApiKey newer = added(Sample.apiKeySecret(), Set.of(Scope.INTROSPECT));

    assertThat(keys().list()).extracting(ApiKey::id).containsSubsequence(newer.id(), older.id());
  }

  @Test
  void notesAUseAtMostOnceAMinute() {
    ApiKey key = added(Sample.apiKeySecret(), Set.of(Scope.INTROSPECT));

    assertThat(keys().touch(key.id())).isTrue();
    Instant first = listed(key).lastUsedAt().orElseThrow();
    assertThat(first).isAfterOrEqualTo(key.createdAt());
    age(Duration.ofSeconds(30));
    assertThat(keys().touch(key.id())).isFalse();
    age(Duration.ofSeconds(30));
    assertThat(keys().touch(key.id())).isTrue();
    assertThat(listed(key).lastUsedAt().orElseThrow()).isAfterOrEqualTo(first);
  }

  @Test
  void saysWhetherAUseIsToBeStored() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret, Set.of(Scope.INTROSPECT));

    assertThat(touchDue(secret)).isTrue();
    keys().touch(key.id());
    assertThat(touchDue(secret)).isFalse();
    age(Duration.ofMinutes(1));
    assertThat(touchDue(secret)).isTrue();
  }

  @Test
  void notesAUseAfterTheClockWasSetBack() {
    ApiKeySecret secret = Sample.apiKeySecret();
    ApiKey key = added(secret, Set.of(Scope.INTROSPECT));
    keys().touch(key.id());
    age(Duration.ofHours(-1));
    Instant ahead = listed(key).lastUsedAt().orElseThrow();

    assertThat(touchDue(secret)).isTrue();
    assertThat(keys().touch(key.id())).isTrue();
    assertThat(listed(key).lastUsedAt().orElseThrow()).isBefore(ahead);
  }

  private boolean touchDue(ApiKeySecret secret) {
    return keys().findLive(secret).orElseThrow().touchDue();
  }

  private ApiKey added(ApiKeySecret secret, Set<Scope> scopes) {
    var key = new NewApiKey(new ApiKeyId(Sample.id()), "Billing", scopes);
    return keys().add(key, secret, Expiry.NEVER);
  }

  private static NewApiKey fresh(String name) {
    return new NewApiKey(new ApiKeyId(Sample.id()), name, Set.of(Scope.INTROSPECT));
  }

  private ApiKey listed(ApiKey key) {
    Optional<ApiKey> found =
        keys().list().stream().filter(other -> other.id().equals(key.id())).findFirst();
    return found.orElseThrow();
  }
}
