package dev.gatehouse.cache;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.redis.RedisAddress;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import java.net.URI;
import java.time.Duration;

/// Ways to Redis for tests.
final class Links {
  /// For tests of what commands do: long enough on a crowded machine.
  private static final Duration PATIENT = Duration.ofSeconds(2);

  private Links() {}

  /// A link that is connected.
  static RedisLink open(URI url) {
    var link = RedisLink.open(RedisAddress.parse(url), PATIENT, CircuitBreakerListener.NONE);
    awaitUp(link);
    return link;
  }

  static void awaitUp(RedisLink link) {
    await().atMost(Duration.ofSeconds(20)).until(link::up);
  }
}
