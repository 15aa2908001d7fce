package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.net.FaultProxy;
import dev.gatehouse.testkit.redis.RedisClusterFixture;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two instances that share limits through a real Redis.
class SharedBucketsTest {
  private static final Limit QUICK = new Limit("ip", new Rate(200, Duration.ofSeconds(1)));

  /// So slow that no test lasts until there is another token.
  private static final Limit SLOW = new Limit("slow", new Rate(40, Duration.ofHours(10)));

  /// With the twentieth that may be owed.
  private static final int SLOW_AND_TRUST = 42;

  private static final AtomicLong KEYS = new AtomicLong(7);

  private static RedisFixture redis;

  private final long key = KEYS.incrementAndGet();

  @BeforeAll
  static void start() {
    redis = RedisFixture.embedded();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void twoInstancesLetPassWhatOneWouldAndATwentiethMoreAtMost() throws Exception {
    assertKeepTheLimit(redis.url());
  }

  @Test
  void theSameOnACluster() throws Exception {
    try (var cluster = RedisClusterFixture.embedded()) {
      assertKeepTheLimit(cluster.url());
    }
  }

  @Test
  void anInstanceWithoutTrustAsksOncePerDecision() {
    var limit = new Limit("few", new Rate(10, Duration.ofHours(1)));
    try (var instance = SharedInstance.ofTwo(redis.url())) {
      Buckets buckets = instance.store.open(limit);
      redis.command("CONFIG", "RESETSTAT");

      assertThat(buckets.takeAtOnce(key)).isNull();
      assertThat(taken(buckets, 10)).isEqualTo(10);

      assertThat(scripts()).isEqualTo(10);
      assertThat(taken(buckets, 100)).isZero();
      assertThat(scripts()).as("refused from memory").isEqualTo(10);
    }
  }

  @Test
  void tellsWhatIsLeft() {
    var limit = new Limit("left", new Rate(10, Duration.ofSeconds(100)));
    try (var one = SharedInstance.ofTwo(redis.url());
        var other = SharedInstance.ofTwo(redis.url())) {
      one.store.open(limit).take(key);
      Decision second = other.store.open(limit).take(key);

      assertThat(second.allowed()).isTrue();
      assertThat(second.remaining()).isEqualTo(8);
      assertThat(second.resetNanos())
          .isBetween(Duration.ofSeconds(5).toNanos(), Duration.ofSeconds(20).toNanos());
    }
  }

  @Test
  void goesByItsPartWhileRedisIsAwayAndBackWithoutABurst() {
    try (var oneNetwork = FaultProxy.to(redis.port(), 1);
        var otherNetwork = FaultProxy.to(redis.port(), 2);
        var one = SharedInstance.ofTwo(oneNetwork);
        var other = SharedInstance.ofTwo(otherNetwork)) {
      Buckets ones = one.store.open(SLOW);
      Buckets others = other.store.open(SLOW);
      cut(oneNetwork, one);
      cut(otherNetwork, other);

      assertThat(taken(ones, 100)).isEqualTo(20);
      assertThat(taken(others, 100)).isEqualTo(20);

      heal(oneNetwork, one);
      heal(otherNetwork, other);
      assertThat(taken(ones, 100) + taken(others, 100)).isZero();
    }
  }

  @Test
  void doesNotBeginAnewWhenRedisGoesAwayOrForgets() {
    try (var network = FaultProxy.to(redis.port(), 1);
        var one = SharedInstance.ofTwo(network);
        var other = SharedInstance.ofTwo(redis.url())) {
      Buckets ones = one.store.open(SLOW);
      Buckets others = other.store.open(SLOW);
      long before = taken(ones, 30) + taken(others, 30) + taken(ones, 30);
      assertThat(before).isBetween(40L, (long) SLOW_AND_TRUST);

      redis.command("FLUSHALL");
      long flushed = taken(ones, 100) + taken(others, 100);
      cut(network, one);
      long away = taken(ones, 100);
      heal(network, one);
      long back = taken(ones, 100) + taken(others, 100);

      assertThat(before + flushed + away + back).isLessThanOrEqualTo(SLOW_AND_TRUST);
    }
  }

  /// As after a step of its clock, or a failover to a Redis with another clock: a second instance,
  /// which knows nothing of the bucket, finds times that are ahead or long ago.
  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void neitherLocksOutNorStaysOpenWhenTheClockOfRedisSteps(int hours) {
    var limit = new Limit("stepped", new Rate(40, Duration.ofMinutes(10)));
    try (var one = SharedInstance.ofTwo(redis.url());
        var other = SharedInstance.ofTwo(redis.url())) {
      long before = taken(one.store.open(limit), 30);
      step(limit, Duration.ofHours(hours));

      long after = taken(other.store.open(limit), 100);

      if (hours < 0) {
        assertThat(before + after).isBetween(40L, 42L);
      }
      assertThat(after).isBetween(10L, 42L);
      assertThat(taken(other.store.open(limit), 100)).isLessThanOrEqualTo(1);
    }
  }

  /// A step of the clock looks from the stored times as a step of these the other way.
  private static void step(Limit limit, Duration ahead) {
    String reply =
        redis.command(
            "EVAL",
            """
            local keys = redis.call('KEYS', 'gatehouse:limit:*:' .. ARGV[1] .. ':*')
            for _, key in ipairs(keys) do
              local shifted = redis.call('GET', key):gsub('%S+', function(time)
                return string.format('%.3f', time - ARGV[2])
              end)
              redis.call('SET', key, shifted)
            end
            return #keys
            """,
            "0",
            limit.name(),
            Long.toString(ahead.toMillis() * 1_000));
    assertThat(reply).startsWith(":");
  }

  private void assertKeepTheLimit(URI url) throws Exception {
    try (var one = SharedInstance.ofTwo(url);
        var other = SharedInstance.ofTwo(url);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Buckets> buckets = List.of(one.store.open(QUICK), other.store.open(QUICK));
      long began = System.nanoTime();
      long end = began + Duration.ofMillis(1_500).toNanos();
      List<Future<Long>> takers =
          IntStream.range(0, 8)
              .mapToObj(taker -> threads.submit(() -> takenUntil(buckets.get(taker % 2), end)))
              .toList();
      long passed = 0;
      for (Future<Long> taker : takers) {
        passed += taker.get();
      }
      double seconds = (System.nanoTime() - began) / 1e9;

      assertThat((double) passed).isLessThanOrEqualTo(200 * 1.05 + 200 * seconds);
      assertThat((double) passed)
          .as("a good part of what is allowed, though the machine be busy")
          .isGreaterThan(0.4 * (200 + 200 * 1.5));
    }
  }

  /// Half of the takers cannot wait, like event loops.
  private long takenUntil(Buckets buckets, long end) {
    long passed = 0;
    for (int turn = 0; System.nanoTime() - end < 0; turn++) {
      Decision decision = turn % 2 == 0 ? buckets.takeAtOnce(key) : buckets.take(key);
      passed += decision != null && decision.allowed() ? 1 : 0;
    }
    return passed;
  }

  private long taken(Buckets buckets, int attempts) {
    return IntStream.range(0, attempts).filter(_ -> buckets.take(key).allowed()).count();
  }

  private static long scripts() {
    var calls =
        Pattern.compile("cmdstat_eval:calls=(\\d+)").matcher(redis.command("INFO", "commandstats"));
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }

  private static void cut(FaultProxy network, SharedInstance instance) {
    network.set(new Fault.Cut());
    instance.awaitAway();
  }

  private static void heal(FaultProxy network, SharedInstance instance) {
    network.heal();
    instance.awaitRedis();
  }
}
