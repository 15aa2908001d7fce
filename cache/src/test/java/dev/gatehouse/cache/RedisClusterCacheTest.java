package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.testkit.redis.RedisClusterFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterCacheTest extends CacheContract {
  private static RedisClusterFixture cluster;
  private static RedisLink link;

  @BeforeAll
  static void start() {
    cluster = RedisClusterFixture.embedded();
    link = Links.open(cluster.url());
  }

  @AfterAll
  static void stop() {
    link.close();
    cluster.close();
  }

  @Override
  Cache cache() {
    return new RedisCache(link, "test", CacheListener.NONE);
  }

  @Test
  void spreadsKeysOverTheMasters() {
    for (int key = 0; key < 60; key++) {
      cache().set("spread-" + key, entry(1, "one"), LONG);
      assertThat(cache().get("spread-" + key)).isPresent();
    }

    assertThat(cluster.masters())
        .allSatisfy(master -> assertThat(master.command("DBSIZE")).isNotEqualTo(":0"));
  }
}
