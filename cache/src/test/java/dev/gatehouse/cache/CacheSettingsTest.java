package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSettingsTest {
  private static final Duration TTL = Duration.ofMinutes(5);

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
  void takesAddressesOfRedis(String url) {
    assertThat(new CacheSettings(Optional.of(URI.create(url)), TTL, 1).redisUrl()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1", "127.0.0.1", "redis", "postgres-cluster://a:1"})
  void refusesOtherAddresses(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CacheSettings(Optional.of(URI.create(url)), TTL, 1));
  }

  @Test
  void readsEveryNodeOfAClusterWithTlsAndCredentials() {
    var address = RedisAddress.parse(URI.create("rediss-cluster://user:secret@one:7000,two:7001"));

    assertThat(address.cluster()).isTrue();
    assertThat(address.seeds()).extracting(RedisURI::getHost).containsExactly("one", "two");
    assertThat(address.seeds()).allMatch(RedisURI::isSsl);
  }

  @Test
  void refusesValuesOutOfBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CacheSettings(Optional.empty(), Duration.ofMillis(999), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CacheSettings(Optional.empty(), Duration.ofDays(2), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CacheSettings(Optional.empty(), TTL, 0));
  }

  @Test
  void showsNoPassword() {
    var url = URI.create("redis://user:secret@redis.example.org");

    assertThat(new CacheSettings(Optional.of(url), TTL, 1).toString()).doesNotContain("secret");
  }
}
