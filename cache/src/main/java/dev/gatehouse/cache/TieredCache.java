package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheListener.Result;
import dev.gatehouse.cache.CacheListener.Tier;
import dev.gatehouse.cache.CaffeineCache.Kept;
import dev.gatehouse.cache.ChangeFeed.Change;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A cache in this process in front of a shared one. Entries of both are served only while they are
/// known to be current; shared entries are accepted only if they agree with the changes that this
/// process knows.
public final class TieredCache implements Cache {
  private final String name;
  private final CaffeineCache near;
  private final Cache far;
  private final Freshness freshness;
  private final TtlPolicy lifetimes;
  private final CacheListener listener;
  private final LongSupplier nanoTime;

  /// @param name of the cache for the listener
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

  /// The entry in this process. Never waits.
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

  /// Applies a change by another instance.
  ///
  /// @return false when it was known already
  boolean changed(Change change) {
    return near.ruleOut(change.key(), change.version());
  }

  /// Stores a loaded entry for its lifetime.
  ///
  /// @param asOf when the load began
  void setLoaded(String key, Entry entry, long asOf) {
    set(key, entry, lifetimes.of(entry), asOf);
  }

  /// The entry of the shared cache, when this process has none.
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

  /// The last known entry, for outages of the store: outdated by at most a minute, and never known
  /// to be outdated.
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
