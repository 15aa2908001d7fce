package dev.gatehouse.cache;

import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.Users;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The caches of one instance and their common way to Redis. Opening waits for nothing: Redis may come
/// later, go and come back.
public final class Caches implements AutoCloseable {
  /// What an entry may weigh on average: a user, and the form in which it is sent.
  private static final long BYTES_PER_ENTRY = 1_024;

  /// How much longer changes are remembered than entries are held: for clocks that run differently.
  private static final Duration SLACK = Duration.ofSeconds(30);

  private static final String USERS = "users";

  private final CacheSettings settings;
  private final RandomGenerator random;
  private final CacheListener listener;
  private final Optional<RedisLink> redis;
  private final Deque<Runnable> closing = new ArrayDeque<>();

  private Caches(
      CacheSettings settings,
      RandomGenerator random,
      CacheListener listener,
      Optional<RedisLink> redis) {
    this.settings = settings;
    this.random = random;
    this.listener = listener;
    this.redis = redis;
    redis.ifPresent(link -> closing.push(link::close));
  }

  /// Caches as the settings say.
  ///
  /// @param random spreads the life of entries; must be thread-safe
  public static Caches open(
      CacheSettings settings,
      RandomGenerator random,
      CacheListener listener,
      BreakerListener breaker) {
    var redis =
        settings
            .redisUrl()
            .map(RedisAddress::parse)
            .map(url -> RedisLink.open(url, RedisLink.TIMEOUT, breaker));
    return new Caches(settings, random, listener, redis);
  }

  /// The way to Redis, for whatever else can use it and do without; empty when none is configured.
  public Optional<RedisLink> redis() {
    return redis;
  }

  /// The users behind a cache that hears of changes from the store's own feed. Only with it are
  /// entries held for their full life and shared through Redis.
  ///
  /// @param feed the changes of these users, by their id in text form
  /// @param view makes the form in which a user is shown, which must be immutable
  public <V> CachedUsers<V> users(Users store, ChangeFeed feed, Function<User, V> view) {
    var freshness = new Freshness(System::nanoTime);
    CaffeineCache near = near();
    ReadThrough cache = through(near, freshness);
    Runnable missed = near::clear;
    var watch = new ChangeWatch(feed, cache::heard, missed, freshness, memory(), System::nanoTime);
    closing.push(watch::close);
    watch.start();
    return new CachedUsers<>(store, cache, view);
  }

  /// The users behind a cache that cannot hear of all changes: an entry is served for less than a
  /// second, since other instances and the operator's commands may write too.
  public <V> CachedUsers<V> users(Users store, Function<User, V> view) {
    return new CachedUsers<>(store, through(near(), new Freshness(System::nanoTime)), view);
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  private CaffeineCache near() {
    long entries = settings.maxEntries();
    return new CaffeineCache(entries * BYTES_PER_ENTRY, entries, memory(), System::nanoTime);
  }

  private ReadThrough through(CaffeineCache near, Freshness freshness) {
    Optional<RedisCache> shared = redis.map(link -> new RedisCache(link, USERS, listener));
    Cache far = shared.<Cache>map(cache -> cache).orElseGet(NoCache::new);
    var lifetimes = new Lifetimes(settings.ttl(), random);
    var tiers = new TieredCache(USERS, near, far, freshness, lifetimes, listener, System::nanoTime);
    var through = new ReadThrough(tiers, System::nanoTime);
    shared.ifPresent(cache -> cache.subscribe(through::heard));
    return through;
  }

  /// How long changes matter: for as long as an entry made before them can be held anywhere.
  private Duration memory() {
    return settings.ttl().plus(ChangeWatch.OVERLAP).plus(SLACK);
  }
}
