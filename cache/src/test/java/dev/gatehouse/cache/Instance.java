package dev.gatehouse.cache;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.model.User;
import dev.gatehouse.testkit.net.FaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One of several instances over the same store and Redis, each with a network of its own between
/// itself and Redis.
final class Instance implements AutoCloseable {
  final FaultProxy network;
  final Caches caches;
  final CachedUsers<User> users;

  Instance(StoreTwin store, ChangeFeed feed, int redisPort, long seed) {
    network = FaultProxy.to(redisPort, seed);
    var url = URI.create("redis://127.0.0.1:" + network.port());
    var settings = new CacheSettings(Optional.of(url), Duration.ofMinutes(5), 10_000);
    RandomGenerator random = new java.util.Random(seed);
    caches = Caches.open(settings, random, CacheListener.NONE, BreakerListener.NONE);
    users = caches.users(store, feed, user -> user);
  }

  /// Waits until Redis is used.
  Instance awaitRedis() {
    await().atMost(Duration.ofSeconds(20)).until(() -> caches.redis().orElseThrow().up());
    return this;
  }

  @Override
  public void close() {
    caches.close();
    network.close();
  }
}
