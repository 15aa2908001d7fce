package dev.gatehouse.cache;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.testkit.redis.RedisClusterFixture;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// The contract on a Cluster of the Redis the machine has, which is a newer one than the
/// artifact's.
class InstalledRedisCacheTest extends CacheContract {
  private static Optional<RedisClusterFixture> cluster = Optional.empty();
  private static Optional<RedisLink> link = Optional.empty();

  @BeforeAll
  static void start() {
    cluster = RedisClusterFixture.installed();
    link = cluster.map(masters -> Links.open(masters.url()));
  }

  @BeforeEach
  void requireRedisServer() {
    assumeTrue(
        cluster.isPresent(),
        "redis-server is not installed: scripts/install-test-tools.sh installs it");
  }

  @AfterAll
  static void stop() {
    link.ifPresent(RedisLink::close);
    cluster.ifPresent(RedisClusterFixture::close);
  }

  @Override
  Cache cache() {
    return new RedisCache(link.orElseThrow(), "test", CacheListener.NONE);
  }
}
