package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.model.ApiKey;
import dev.gatehouse.accounts.model.ApiKeyId;
import dev.gatehouse.accounts.model.ApiKeySecret;
import dev.gatehouse.accounts.model.ApiKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// API keys in maps.
public final class InMemoryApiKeys implements ApiKeys {
  private final Map<ApiKeyId, ApiKey> keys = new HashMap<>();
  private final Map<ApiKeySecret, ApiKeyId> secrets = new HashMap<>();

  @Override
  public synchronized void add(ApiKey key, ApiKeySecret secret) {
    keys.put(key.id(), key);
    secrets.put(secret, key.id());
  }

  @Override
  public synchronized Optional<ApiKey> findLive(ApiKeySecret secret) {
    return Optional.ofNullable(secrets.get(secret)).map(keys::get).filter(ApiKey::live);
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
    if (key == null || !key.live()) {
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
    return new ApiKey(key.id(), key.name(), key.scopes(), key.createdAt(), usedAt, revokedAt);
  }
}
