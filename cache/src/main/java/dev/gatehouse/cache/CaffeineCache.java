package dev.gatehouse.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.cache.ChangeFeed.Change;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A cache in this process, bounded by weight. Excluded versions are stored apart from the entries,
/// so that entries cannot evict them.
public final class CaffeineCache implements Cache {
  /// The weight of an entry without key and value: objects and the decoded form.
  private static final int OVERHEAD_BYTES = 512;

  private final com.github.benmanes.caffeine.cache.Cache<String, Kept> entries;
  private final com.github.benmanes.caffeine.cache.Cache<String, Long> minimumVersions;
  private final Duration memory;
  private final LongSupplier nanoTime;
  private volatile @Nullable Long floorsLostAt;
  private volatile @Nullable Long distrustedUntil;

  /// @param maxWeight the approximate weight of all entries, in bytes
  /// @param maxFloors the largest number of remembered invalidations
  /// @param memory how long invalidations are remembered
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public CaffeineCache(long maxWeight, long maxFloors, Duration memory, LongSupplier nanoTime) {
    this.memory = memory;
    this.nanoTime = nanoTime;
    entries =
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher((String key, Kept kept) -> weight(key, kept))
            .expireAfter(
                Expiry.creating((String key, Kept kept) -> Duration.ofNanos(kept.ttlNanos)))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
    minimumVersions =
        Caffeine.newBuilder()
            .maximumSize(maxFloors)
            .expireAfterWrite(memory)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .evictionListener((_, _, cause) -> evicted(cause))
            .build();
  }

  @Override
  public Optional<Entry> get(String key) {
    return Optional.ofNullable(kept(key)).map(Kept::entry);
  }

  @Override
  public void set(String key, Entry entry, Duration ttl) {
    keep(key, entry, ttl, nanoTime.getAsLong());
  }

  @Override
  public void delete(String key) {
    entries.invalidate(key);
  }

  @Override
  public void invalidate(String key, long version) {
    var _ = ruleOut(key, version);
  }

  /// Excludes versions older than this one.
  ///
  /// @return false when they were excluded before
  boolean ruleOut(String key, long version) {
    Long floor = minimumVersions.getIfPresent(key);
    if (floor != null && floor >= version) {
      return false;
    }
    minimumVersions.asMap().merge(key, version, Math::max);
    entries
        .asMap()
        .computeIfPresent(key, (_, kept) -> kept.entry.version() < version ? null : kept);
    return true;
  }

  /// The entry of a key and the time at which it was known to be current.
  @Nullable Kept kept(String key) {
    return entries.getIfPresent(key);
  }

  /// Stores an entry that was current at a time of this cache's clock.
  ///
  /// @return false when the entry is outdated, or may be without the knowledge of this cache
  boolean keep(String key, Entry entry, Duration ttl, long asOf) {
    var offered = new Kept(entry, asOf, ttl.toNanos());
    Kept result =
        entries
            .asMap()
            .compute(
                key,
                (_, held) -> {
                  if (held != null && held.entry.version() > entry.version()) {
                    return held;
                  }
                  return ruledOut(key, entry, asOf) ? held : offered;
                });
    return offered.equals(result);
  }

  /// Whether all invalidations within the memory are remembered.
  boolean remembersAll() {
    Long lost = floorsLostAt;
    return lost == null || nanoTime.getAsLong() - lost > memory.toNanos();
  }

  /// Removes all entries, and rejects those that were loaded before.
  void clear() {
    distrustedUntil = nanoTime.getAsLong();
    entries.invalidateAll();
  }

  private boolean ruledOut(String key, Entry entry, long asOf) {
    Long distrusted = distrustedUntil;
    Long floor = minimumVersions.getIfPresent(key);
    boolean outdated = floor != null && entry.version() < floor && !staysAway(entry, floor);
    return outdated || (distrusted != null && asOf - distrusted <= 0);
  }

  /// The absence of a deleted value stays true.
  private static boolean staysAway(Entry entry, long floor) {
    return entry.isAbsent() && floor == Change.DELETED;
  }

  private void evicted(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      long now = nanoTime.getAsLong();
      floorsLostAt = now;
      distrustedUntil = now;
    }
  }

  private static int weight(String key, Kept kept) {
    return OVERHEAD_BYTES + 2 * key.length() + kept.entry.value().length;
  }

  /// A stored entry.
  ///
  /// @param asOf when it was known to be current, in nanoseconds of the cache's clock
  record Kept(Entry entry, long asOf, long ttlNanos) {}
}
