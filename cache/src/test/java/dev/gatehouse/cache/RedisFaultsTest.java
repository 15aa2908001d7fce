package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.testkit.accounts.Sample;
import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reads and writes during faults of Redis: none fails, none takes long, and the cache is shared
/// again soon afterwards.
class RedisFaultsTest {
  /// RedisAwayTimingTest verifies the limit of 50 ms on an idle machine. This test verifies that no
  /// caller waits for a Redis that does not respond.
  private static final Duration LONG = Duration.ofSeconds(5);

  private static final Duration BACK = Duration.ofSeconds(15);

  /// An entry of version 9 that holds no user.
  private static final String POISON =
      "\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0009poison";

  private final StoreTwin store = new StoreTwin();
  private final RedisFixture redis = RedisFixture.embedded();
  private final Instance instance = new Instance(store, store, redis.port(), 1).awaitRedis();
  private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);

  @AfterEach
  void stop() {
    instance.close();
    redis.close();
  }

  @Test
  void goesOnWhileRedisIsKilledAndUsesItOnceItIsBack() {
    redis.kill();
    useUntilTheBreakerOpens();

    redis.start();
    assertShared();
  }

  @Test
  void goesOnWhileRedisHangsAndUsesItOnceItMoves() {
    redis.freeze();
    useUntilTheBreakerOpens();

    redis.thaw();
    assertShared();
  }

  @Test
  void goesOnWhileRedisIsSlowAndUsesItOnceItIsQuick() {
    instance.network.set(new Fault.Delay(Duration.ofMillis(200), Duration.ZERO));
    useUntilTheBreakerOpens();

    instance.network.heal();
    assertShared();
  }

  @Test
  void replacesAConnectionOnWhichNothingIsHeardForLong() {
    long before = instance.network.connections();
    assertThat(before).isPositive();
    instance.network.set(new Fault.Hang());
    useUntilTheBreakerOpens();
    await().atMost(Duration.ofSeconds(20)).until(() -> !instance.redis.connected());

    instance.network.heal();
    assertShared();
  }

  @Test
  void goesOnWithARedisThatWasFlushed() {
    use();
    redis.command("FLUSHALL");
    use();

    assertShared();
  }

  @Test
  void startsWithoutRedisAndUsesItOnceItIsThere() {
    redis.kill();
    try (var early = new Instance(store, store, redis.port(), 2)) {
      User user = added();
      assertThat(early.users.find(user.id())).contains(user);

      redis.start();
      early.awaitRedis();
    }
  }

  @Test
  void dropsAPoisonedUserAndReadsItFromTheStore() {
    List<String> poisoned = new ArrayList<>();
    await()
        .atMost(BACK)
        .until(
            () -> {
              User user = added();
              String key = "gatehouse:users:1:" + user.id();
              redis.command("SET", key, POISON);
              poisoned.add(key);
              assertThat(instance.users.find(user.id())).contains(user);
              return !poisoned.stream().allMatch(this::isPoisoned);
            });
  }

  private boolean isPoisoned(String key) {
    return redis.command("GETRANGE", key, "0", "100").contains("poison");
  }

  private void useUntilTheBreakerOpens() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              use();
              return !instance.redis.up();
            });
    for (int repetition = 0; repetition < 20; repetition++) {
      use();
    }
    assertThat(longest.get()).isLessThan(LONG);
  }

  private void use() {
    long began = System.nanoTime();
    User user = added();
    assertThat(instance.users.find(user.id())).contains(user);
    User renamed = instance.users.uncached().update(user.with(Profile.EMPTY)).user();
    assertThat(instance.users.find(user.id())).contains(renamed);
    var took = Duration.ofNanos(System.nanoTime() - began);
    longest.accumulateAndGet(took, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  /// Another instance finds in Redis what this one has put there.
  private void assertShared() {
    instance.awaitRedis();
    await()
        .atMost(BACK)
        .until(
            () -> {
              User user = added();
              instance.users.find(user.id());
              return redis.command("EXISTS", "gatehouse:users:1:" + user.id()).equals(":1");
            });
  }

  private User added() {
    return instance.users.uncached().add(Sample.newUser(), Sample.hash("first"));
  }
}
