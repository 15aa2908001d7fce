package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.LiveApiKey;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  /// Keys that expire by the system's clock.
  public InMemoryApiKeys() {
    this(InstantSource.system());
  }

  /// @param clock by which keys expire
  public InMemoryApiKeys(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized ApiKey add(ApiKey key, ApiKeySecret secret, Expiry expiry) {
    Instant now = clock.instant();
    ApiKey stored =
        key.expiring(
            switch (expiry) {
              case Expiry.Never _ -> Optional.empty();
              case Expiry.After(var life) -> Optional.of(now.plus(life));
              case Expiry.At(var time) -> Optional.of(time);
            });
    if (stored.expired(now)) {
      throw InvalidFields.of("expires_at", "past", "The time is not ahead.");
    }
    keys.put(key.id(), stored);
    secrets.put(secret, key.id());
    return stored;
  }

  @Override
  public synchronized Optional<LiveApiKey> findLive(ApiKeySecret secret) {
    Instant now = clock.instant();
    return Optional.ofNullable(secrets.get(secret))
        .map(keys::get)
        .filter(key -> !key.revoked() && !key.expired(now))
        .map(key -> new LiveApiKey(key, key.expiresAt().map(end -> Duration.between(now, end))));
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
  public synchronized boolean revoke(ApiKeyId id, Instant at) {
    ApiKey key = keys.get(id);
    if (key == null || key.revoked()) {
      return false;
    }
    keys.put(id, with(key, key.lastUsedAt(), Optional.of(at)));
    return true;
  }

  @Override
  public synchronized boolean touch(ApiKeyId id, Instant at) {
    ApiKey key = keys.get(id);
    Instant latest = at.minus(LAST_USE_PRECISION);
    if (key == null || key.lastUsedAt().filter(latest::isBefore).isPresent()) {
      return false;
    }
    keys.put(id, with(key, Optional.of(at), key.revokedAt()));
    return true;
  }

  private static ApiKey with(ApiKey key, Optional<Instant> usedAt, Optional<Instant> revokedAt) {
    return new ApiKey(
        key.id(), key.name(), key.scopes(), key.createdAt(), usedAt, revokedAt, key.expiresAt());
  }
}
