package dev.gatehouse.cache;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What an operator decides about the cache.
///
/// @param redisUrl where the far tier is, if there is one: `redis://`, `rediss://`,
///     `redis-sentinel://`, `redis-cluster://` or `rediss-cluster://`
/// @param ttl how long an entry is held at most; from a second to a day
/// @param maxEntries how many entries this process holds, roughly; from 1 to 10,000,000
public record CacheSettings(Optional<URI> redisUrl, Duration ttl, long maxEntries) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long MOST = 10_000_000;

  /// @throws IllegalArgumentException when a value is out of bounds, or the URL is not one of Redis
  public CacheSettings {
    if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the cache's TTL is from 1 second to 1 day");
    }
    if (maxEntries < 1 || maxEntries > MOST) {
      throw new IllegalArgumentException("the cache holds from 1 to " + MOST + " entries");
    }
    var _ = redisUrl.map(RedisAddress::parse);
  }

  /// In this process only, 100,000 entries for five minutes.
  public static CacheSettings defaults() {
    return new CacheSettings(Optional.empty(), Duration.ofMinutes(5), 100_000);
  }

  /// Without the address, which may carry a password.
  @Override
  public String toString() {
    return "CacheSettings[redis %s, ttl %s, at most %d entries]"
        .formatted(redisUrl.isPresent() ? "set" : "not set", ttl, maxEntries);
  }
}
