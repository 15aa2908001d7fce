package dev.gatehouse.limits;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.redis.RedisAddress;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.testkit.net.FaultProxy;
import java.net.URI;
import java.time.Duration;

/// The limits of one of two instances, with its own network between itself and Redis.
final class SharedInstance implements AutoCloseable {
  /// Long enough on a crowded machine; what happens after the product's own 50 ms is for other
  /// tests.
  private static final Duration PATIENT = Duration.ofSeconds(2);

  final RedisLink link;
  final SharedBucketStore store;

  private SharedInstance(URI redis, int instances) {
    link = RedisLink.open(RedisAddress.parse(redis), PATIENT, CircuitBreakerListener.NONE);
    store = new SharedBucketStore(link, () -> instances, System::nanoTime);
  }

  /// One of two, connected.
  static SharedInstance ofTwo(URI redis) {
    return new SharedInstance(redis, 2).awaitRedis();
  }

  /// One of two, over a network that can fail.
  static SharedInstance ofTwo(FaultProxy network) {
    return ofTwo(URI.create("redis://127.0.0.1:" + network.port()));
  }

  SharedInstance awaitRedis() {
    await().atMost(Duration.ofSeconds(20)).until(link::up);
    return this;
  }

  /// Takes tokens until the outage is detected.
  void awaitAway() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              var _ = link.ask(commands -> commands.ping());
              return !link.up();
            });
  }

  @Override
  public void close() {
    link.close();
  }
}
