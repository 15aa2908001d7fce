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
  @ValueSource(strings = {"http://127.0.0.1", "127.0.0.1", "redis", "postgres-cluster://a:1"})
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
}
