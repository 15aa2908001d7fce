package dev.gatehouse.accounts.apikey;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What the store said about API keys a moment ago. Good and bad ones are kept apart, so that
/// made-up keys cannot drive out real ones, and both are bounded. Ages count from before the store
/// was asked. Thread-safe.
final class RecentApiKeys {
  /// A second less what it takes to ask, so that a revoked key is refused within the second.
  static final long KEPT_NANOS = Duration.ofMillis(800).toNanos();

  private static final int MOST = 4096;

  private final ConcurrentMap<ApiKeySecret, Lookup> good = new ConcurrentHashMap<>();
  private final ConcurrentMap<ApiKeySecret, Lookup> bad = new ConcurrentHashMap<>();

  /// What was found at a time.
  ///
  /// @param keptNanos how long it holds; less than usual for a key that is about to expire
  record Lookup(Optional<ApiKey> key, long askedAt, long keptNanos) {
    private static Lookup of(Optional<LiveApiKey> found, long askedAt) {
      long remaining =
          found.flatMap(LiveApiKey::remaining).map(Duration::toNanos).orElse(KEPT_NANOS);
      return new Lookup(found.map(LiveApiKey::key), askedAt, Math.min(KEPT_NANOS, remaining));
    }

    private boolean freshAt(long nanos) {
      return nanos - askedAt < keptNanos;
    }
  }

  /// The last lookup, while it holds.
  Optional<Lookup> find(ApiKeySecret secret, long nanos) {
    return Optional.ofNullable(good.get(secret))
        .or(() -> Optional.ofNullable(bad.get(secret)))
        .filter(lookup -> lookup.freshAt(nanos));
  }

  void remember(ApiKeySecret secret, Optional<LiveApiKey> key, long askedAt) {
    var lookup = Lookup.of(key, askedAt);
    (key.isPresent() ? bad : good).remove(secret);
    put(key.isPresent() ? good : bad, secret, lookup);
  }

  /// When there is no place left even without what has aged, the lookup is not kept.
  private static void put(
      ConcurrentMap<ApiKeySecret, Lookup> lookups, ApiKeySecret secret, Lookup lookup) {
    if (lookups.size() >= MOST) {
      lookups.values().removeIf(other -> !other.freshAt(lookup.askedAt()));
    }
    if (lookups.size() < MOST) {
      lookups.put(secret, lookup);
    } else {
      lookups.remove(secret);
    }
  }
}
