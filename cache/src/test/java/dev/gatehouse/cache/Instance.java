package dev.gatehouse.cache;

import dev.gatehouse.accounts.user.ChangedUsers;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.redis.RedisAddress;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.net.FaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// One of several instances over the same store and Redis, each with its own network between
/// itself and Redis.
final class Instance implements AutoCloseable {
  final FaultProxy network;
  final RedisLink redis;
  final Caches caches;
  final CachedUsers<User> users;

  Instance(StoreTwin store, ChangedUsers changes, int redisPort, long seed) {
    network = FaultProxy.to(redisPort, seed);
    var address = RedisAddress.parse(URI.create("redis://127.0.0.1:" + network.port()));
    redis = RedisLink.open(address, CircuitBreakerListener.NONE);
    var settings = new CacheSettings(Duration.ofMinutes(5), 10_000);
    var random = new java.util.Random(seed);
    caches =
        new Caches(
            settings,
            Optional.of(redis),
            random,
            CacheListener.NONE,
            new PeriodicTasks(PeriodicTaskListener.NONE));
    users = caches.users(store, changes, user -> user);
  }

  /// Waits until Redis is used.
  Instance awaitRedis() {
    Links.awaitUp(redis);
    return this;
  }

  @Override
  public void close() {
    caches.close();
    redis.close();
    network.close();
  }
}
