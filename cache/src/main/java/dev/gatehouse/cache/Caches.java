package dev.gatehouse.cache;

import dev.gatehouse.accounts.user.ChangedUser;
import dev.gatehouse.accounts.user.ChangedUsers;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The caches of one instance. Closing stops the polling of changes, but not the connection to
/// Redis.
public final class Caches implements AutoCloseable {
  /// The average weight of an entry: a user and its encoded view.
  private static final long BYTES_PER_ENTRY = 1_024;

  /// How much longer changes are remembered than entries: a margin for clocks that differ and for
  /// transactions that take long to commit.
  private static final Duration SLACK = Duration.ofSeconds(45);

  private static final String USERS = "users";

  private final CacheSettings settings;
  private final Optional<RedisLink> redis;
  private final RandomGenerator random;
  private final CacheListener listener;
  private final PeriodicTasks tasks;
  private final Deque<Runnable> closing = new ArrayDeque<>();

  /// Creates caches with these settings.
  ///
  /// @param redis the connection to the far tier, if there is one
  /// @param random varies the lifetime of entries; must be thread-safe
  public Caches(
      CacheSettings settings,
      Optional<RedisLink> redis,
      RandomGenerator random,
      CacheListener listener,
      PeriodicTasks tasks) {
    this.settings = settings;
    this.redis = redis;
    this.random = random;
    this.listener = listener;
    this.tasks = tasks;
  }

  /// The users behind a cache that polls changes from the store. Only this permits the full
  /// lifetime of entries and sharing through Redis.
  ///
  /// @param view creates the view of a user, which must be immutable
  public <V> CachedUsers<V> users(Users store, ChangedUsers changes, Function<User, V> view) {
    var freshness = new Freshness(System::nanoTime);
    CaffeineCache near = near();
    ReadThrough cache = through(near, freshness);
    Runnable missed = near::clear;
    ChangeFeed feed =
        (memory, listener) -> changes.read(memory, changed -> listener.accept(change(changed)));
    var watch =
        new ChangePoller(
            feed, cache::changed, missed, freshness, memory(), System::nanoTime, tasks);
    closing.push(watch::close);
    watch.start();
    return new CachedUsers<>(store, cache, view);
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  private static Change change(ChangedUser changed) {
    return new Change(changed.id().toString(), changed.version().orElse(Change.DELETED));
  }

  private CaffeineCache near() {
    long entries = settings.maxEntries();
    return new CaffeineCache(entries * BYTES_PER_ENTRY, entries, memory(), System::nanoTime);
  }

  private ReadThrough through(CaffeineCache near, Freshness freshness) {
    listener.opened(USERS);
    Optional<RedisCache> shared = redis.map(link -> new RedisCache(link, USERS, listener));
    Cache far = shared.<Cache>map(cache -> cache).orElseGet(NoCache::new);
    var lifetimes = new TtlPolicy(settings.ttl(), random);
    var tiers = new TieredCache(USERS, near, far, freshness, lifetimes, listener, System::nanoTime);
    var through = new ReadThrough(tiers, System::nanoTime);
    shared.ifPresent(cache -> cache.subscribe(through::changed));
    return through;
  }

  /// How long changes are relevant: as long as any cache may hold an entry from before.
  private Duration memory() {
    return settings.ttl().plus(SLACK);
  }
}
