package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lettuce.core.RedisURI;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://127.0.0.1",
        "redis://user:secret@redis.example.org:6380/2",
        "rediss://redis.example.org",
        "redis-sentinel://one:26379,two:26379?sentinelMasterId=gatehouse",
        "redis-cluster://one:7000,two:7001",
        "rediss-cluster://user:secret@one:7000"
      })
  void takesAddressesOfRedisAndShowsThemWithoutPassword(String url) {
    assertThat(RedisAddress.parse(URI.create(url)).toString())
        .isEqualTo(url.replace("user:secret", "***"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1",
        "127.0.0.1",
        "redis",
        "postgres-cluster://a:1",
        "redis://me:1/secret@host:6379"
      })
  void refusesOtherAddresses(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> RedisAddress.parse(URI.create(url)));
  }

  @Test
  void readsEveryNodeOfAClusterWithTlsAndCredentials() {
    var address = RedisAddress.parse(URI.create("rediss-cluster://user:secret@one:7000,two:7001"));

    assertThat(address.cluster()).isTrue();
    assertThat(address.seeds()).extracting(RedisURI::getHost).containsExactly("one", "two");
    assertThat(address.seeds()).allMatch(RedisURI::isSsl);
  }

  @Test
  void takesNamesWithAnUnderscore() {
    assertThat(RedisAddress.parse(URI.create("redis://me:p_w@my_redis_1:6380/2")).seeds())
        .singleElement()
        .satisfies(
            seed -> {
              assertThat(seed.getHost()).isEqualTo("my_redis_1");
              assertThat(seed.getPort()).isEqualTo(6380);
              assertThat(seed.getDatabase()).isEqualTo(2);
              assertThat(seed.getCredentialsProvider().resolveCredentials().block().getPassword())
                  .isEqualTo("p_w".toCharArray());
            });
    assertThat(RedisAddress.parse(URI.create("redis-cluster://node_1:7000,node_2:7001")).seeds())
        .extracting(RedisURI::getHost)
        .containsExactly("node_1", "node_2");
    assertThat(
            RedisAddress.parse(URI.create("redis-sentinel://s_1:26379,s_2:26379#gatehouse"))
                .seeds()
                .getFirst()
                .getSentinels())
        .extracting(RedisURI::getHost)
        .containsExactly("s_1", "s_2");
  }
}
