package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.testkit.redis.RedisSentinelFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A failover of the master while it is in use.
class RedisSentinelTest {
  private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private Optional<RedisSentinelFixture> redis = Optional.empty();

  @BeforeEach
  void start() {
    redis = RedisSentinelFixture.installed();
    assumeTrue(
        redis.isPresent(), "redis-server is not installed: scripts/install-test-tools.sh does it");
  }

  @AfterEach
  void stop() {
    redis.ifPresent(RedisSentinelFixture::close);
  }

  @Test
  void goesOnWithTheNextMasterWhenTheFirstIsKilled() {
    RedisSentinelFixture servers = redis.orElseThrow();
    try (RedisLink link =
        RedisLink.open(
            RedisAddress.parse(servers.url()),
            Duration.ofSeconds(1),
            CircuitBreakerListener.NONE)) {
      await().atMost(TIMEOUT).until(() -> isSet(link, "before"));
      assertThat(servers.master().command("EXISTS", "before")).isEqualTo(":1");

      servers.master().kill();

      await().atMost(TIMEOUT).until(() -> isSet(link, "after"));
      assertThat(servers.replica().command("EXISTS", "after")).isEqualTo(":1");
    }
  }

  private static boolean isSet(RedisLink link, String key) {
    return link.ask(commands -> commands.set(key, VALUE)) instanceof RedisReply.Success<String>;
  }
}
