package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisCacheTest extends CacheContract {
  private static RedisFixture redis;
  private static RedisLink link;

  @BeforeAll
  static void start() {
    redis = RedisFixture.embedded();
    link = Links.open(redis.url());
  }

  @AfterAll
  static void stop() {
    link.close();
    redis.close();
  }

  @Override
  Cache cache() {
    return new RedisCache(link, "test", CacheListener.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "not one of ours",
        "\u0001\u0000\u0000",
        "\u0001~~~~~~~~",
        "\u0009tooshort"
      })
  void takesWhatIsNotOursForAMissAndRemovesIt(String poison) {
    redis.command("SET", "gatehouse:test:1:poisoned", poison);

    assertThat(cache().get("poisoned")).isEmpty();
    await().until(() -> redis.command("EXISTS", "gatehouse:test:1:poisoned").equals(":0"));
  }

  @Test
  void takesWhatIsOfAnotherTypeForAMissAndRemovesIt() {
    redis.command("RPUSH", "gatehouse:test:1:list", "a", "b");

    assertThat(cache().get("list")).isEmpty();
    await().until(() -> redis.command("EXISTS", "gatehouse:test:1:list").equals(":0"));
  }

  @Test
  void replacesWhatIsOfAnotherType() {
    redis.command("RPUSH", "gatehouse:test:1:replaced", "a", "b");
    cache().set("replaced", entry(1, "one"), LONG);

    assertThat(cache().get("replaced")).contains(entry(1, "one"));
  }

  @Test
  void tellsOtherInstancesWhatIsRuledOut() {
    try (RedisLink otherLink = Links.open(redis.url())) {
      List<Change> heard = new CopyOnWriteArrayList<>();
      new RedisCache(otherLink, "test", CacheListener.NONE).subscribe(heard::add);

      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                cache().invalidate("told", 9);
                return heard.contains(new Change("told", 9));
              });
    }
  }
}
