package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheListener.Result;
import dev.gatehouse.cache.CacheListener.Tier;
import dev.gatehouse.cache.CaffeineCache.Kept;
import dev.gatehouse.cache.ChangeFeed.Change;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A cache in this process before one that is shared. What either holds is served only while it is
/// known to be current; the shared one is believed only in what does not contradict the changes
/// this process has known.
public final class TieredCache implements Cache {
  private final String name;
  private final CaffeineCache near;
  private final Cache far;
  private final Freshness freshness;
  private final TtlPolicy lifetimes;
  private final CacheListener listener;
  private final LongSupplier nanoTime;

  /// @param name what the listener knows this cache by
  TieredCache(
      String name,
      CaffeineCache near,
      Cache far,
      Freshness freshness,
      TtlPolicy lifetimes,
      CacheListener listener,
      LongSupplier nanoTime) {
    this.name = name;
    this.near = near;
    this.far = far;
    this.freshness = freshness;
    this.lifetimes = lifetimes;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<Entry> get(String key) {
    return peek(key).or(() -> getFar(key));
  }

  /// What is held in this process. Never waits.
  public Optional<Entry> peek(String key) {
    Kept kept = near.kept(key);
    if (kept == null || !freshness.current(kept.entry(), kept.asOf())) {
      return Optional.empty();
    }
    listener.requested(name, Tier.NEAR, Result.HIT);
    return Optional.of(kept.entry());
  }

  @Override
  public void set(String key, Entry entry, Duration ttl) {
    set(key, entry, ttl, nanoTime.getAsLong());
  }

  @Override
  public void delete(String key) {
    near.delete(key);
    far.delete(key);
  }

  @Override
  public void invalidate(String key, long version) {
    near.invalidate(key, version);
    far.invalidate(key, version);
  }

  /// Takes note of a change made elsewhere.
  ///
  /// @return false when it was known
  boolean changed(Change change) {
    return near.ruleOut(change.key(), change.version());
  }

  /// Holds what was loaded, for as long as its lifetime.
  ///
  /// @param asOf when loading it began
  void setLoaded(String key, Entry entry, long asOf) {
    set(key, entry, lifetimes.of(entry), asOf);
  }

  /// What is held elsewhere, when this process does not hold it.
  Optional<Entry> getFar(String key) {
    boolean outdated = near.kept(key) != null;
    listener.requested(name, Tier.NEAR, outdated ? Result.BYPASS : Result.MISS);
    if (!freshness.hearsAll() || !near.remembersAll()) {
      listener.requested(name, Tier.FAR, Result.BYPASS);
      return Optional.empty();
    }
    long horizon = freshness.horizon();
    return far.get(key)
        .filter(entry -> !entry.isAbsent())
        .filter(entry -> near.keep(key, entry, lifetimes.of(entry), horizon));
  }

  /// What was held last, for when the store cannot be asked: outdated by a minute at most, and
  /// never something known to be outdated.
  Optional<Entry> lastKnown(String key) {
    return Optional.ofNullable(near.kept(key))
        .filter(kept -> freshness.tolerable(kept.asOf()))
        .map(Kept::entry);
  }

  private void set(String key, Entry entry, Duration ttl, long asOf) {
    if (near.keep(key, entry, ttl, asOf) && !entry.isAbsent()) {
      far.set(key, entry, ttl);
    }
  }
}
