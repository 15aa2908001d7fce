package dev.gatehouse.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RedisFixtureTest {
  @Test
  void startsBelowTheRangeOfLocalPortsAndResponds() {
    try (var redis = RedisFixture.embedded()) {
      assertThat(redis.port()).isBetween(20_000, 32_767);
      assertThat(redis.command("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void startsAgainOnTheSamePortWithNothingInIt() {
    try (var redis = RedisFixture.embedded()) {
      redis.command("SET", "key", "value");
      redis.kill();
      assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);

      redis.start();
      assertThat(redis.command("GET", "key")).isEqualTo("$-1");
    }
  }

  @Test
  void formsAClusterOfThreeMasters() {
    try (var cluster = RedisClusterFixture.embedded()) {
      assertThat(cluster.masters()).hasSize(3);
      assertThat(cluster.masters().getFirst().command("CLUSTER", "INFO"))
          .contains("cluster_slots_ok:16384");
    }
  }
}
