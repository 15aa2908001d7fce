package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.LiveApiKey;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// API keys in maps.
public final class InMemoryApiKeys implements ApiKeys {
  private final InstantSource clock;
  private final Map<ApiKeyId, ApiKey> keys = new HashMap<>();
  private final Map<ApiKeySecret, ApiKeyId> secrets = new HashMap<>();

  /// Keys with times by the clock of the system.
  public InMemoryApiKeys() {
    this(InstantSource.system());
  }

  /// @param clock of all times
  public InMemoryApiKeys(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized ApiKey add(NewApiKey key, ApiKeySecret secret, Expiry expiry) {
    Instant now = now();
    Optional<Instant> end =
        switch (expiry) {
          case Expiry.Never _ -> Optional.empty();
          case Expiry.After(var life) -> Optional.of(now.plus(life));
          case Expiry.At(var time) -> Optional.of(time);
        };
    var stored =
        new ApiKey(
            key.id(), key.name(), key.scopes(), now, Optional.empty(), Optional.empty(), end);
    if (stored.expired(now)) {
      throw InvalidFields.of("expires_at", "past", "The time is not ahead.");
    }
    keys.put(key.id(), stored);
    secrets.put(secret, key.id());
    return stored;
  }

  @Override
  public synchronized Optional<LiveApiKey> findLive(ApiKeySecret secret) {
    Instant now = now();
    return Optional.ofNullable(secrets.get(secret))
        .map(keys::get)
        .filter(key -> !key.revoked() && !key.expired(now))
        .map(
            key ->
                new LiveApiKey(
                    key,
                    key.expiresAt().map(end -> Duration.between(now, end)),
                    touchDue(key, now)));
  }

  @Override
  public synchronized List<ApiKey> list() {
    return keys.values().stream()
        .sorted(
            Comparator.comparing(ApiKey::createdAt)
                .thenComparing(key -> key.id().toString())
                .reversed())
        .limit(MOST_LISTED)
        .toList();
  }

  @Override
  public synchronized boolean revoke(ApiKeyId id) {
    ApiKey key = keys.get(id);
    if (key == null || key.revoked()) {
      return false;
    }
    keys.put(id, with(key, key.lastUsedAt(), Optional.of(now())));
    return true;
  }

  @Override
  public synchronized boolean touch(ApiKeyId id) {
    ApiKey key = keys.get(id);
    Instant now = now();
    if (key == null || !touchDue(key, now)) {
      return false;
    }
    keys.put(id, with(key, Optional.of(now), key.revokedAt()));
    return true;
  }

  private static boolean touchDue(ApiKey key, Instant now) {
    Instant latest = now.minus(LAST_USE_PRECISION);
    return key.lastUsedAt().filter(used -> used.isAfter(latest) && !used.isAfter(now)).isEmpty();
  }

  /// In the precision of the store.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static ApiKey with(ApiKey key, Optional<Instant> usedAt, Optional<Instant> revokedAt) {
    return new ApiKey(
        key.id(), key.name(), key.scopes(), key.createdAt(), usedAt, revokedAt, key.expiresAt());
  }
}
