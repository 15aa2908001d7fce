package dev.gatehouse.cache;

import java.time.Duration;

/// The settings of the cache.
///
/// @param ttl the longest lifetime of an entry, from a second to a day
/// @param maxEntries the approximate number of entries in this process, from 1 to 10,000,000
public record CacheSettings(Duration ttl, long maxEntries) {
  /// The shortest lifetime of entries.
  public static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

  /// The longest lifetime of entries.
  public static final Duration LONGEST_TTL = Duration.ofDays(1);

  /// The largest number of entries.
  public static final int MOST_ENTRIES = 10_000_000;

  /// @throws IllegalArgumentException when a value is out of bounds
  public CacheSettings {
    if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException("the cache's TTL is from 1 second to 1 day");
    }
    if (maxEntries < 1 || maxEntries > MOST_ENTRIES) {
      throw new IllegalArgumentException("the cache holds from 1 to " + MOST_ENTRIES + " entries");
    }
  }

  /// 100,000 entries for five minutes.
  public static CacheSettings defaults() {
    return new CacheSettings(Duration.ofMinutes(5), 100_000);
  }
}
