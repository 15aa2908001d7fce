package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.net.FaultProxy;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis killed, hung, slow and flushed under mixed load, through the program as it is started.
class RedisAwayTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "GATEHOUSE_RATE_LIMIT", "on",
          "GATEHOUSE_RATE_LIMIT_IP", "100000/1s",
          "GATEHOUSE_RATE_LIMIT_LOGIN_IP", "10000/1s",
          "GATEHOUSE_RATE_LIMIT_REGISTER_IP", "10000/1s",
          // So few that each sign-in asks Redis.
          "GATEHOUSE_RATE_LIMIT_LOGIN_ACCOUNT", "15/1m");

  private final RedisFixture redis = RedisFixture.embedded();
  private final FaultProxy network = FaultProxy.to(redis.port(), 1);

  @TempDir private Path folder = Path.of("");

  @Test
  void failsNoRequest() throws Exception {
    try (redis;
        network;
        var program = RunningGatehouse.start(folder.resolve("data"), settings())) {
      var client = program.client();
      Sharing.await(client, redis);
      try (var load = MixedLoad.start(client, 4)) {
        for (var fault : faults().entrySet()) {
          fault.getValue().begin().run();
          pass(Duration.ofMillis(1_200));
          fault.getValue().end().run();
          Sharing.await(client, redis);
          assertThat(load.failures()).as(fault.getKey()).isEmpty();
          // The promise is 50 ms; a busy machine adds what it likes.
          assertThat(load.durations().getLast())
              .as(fault.getKey())
              .isLessThan(Duration.ofSeconds(8));
        }
      }
    }
  }

  /// The figures, for a machine that does nothing else: what a fault adds to the slowest of a
  /// thousand requests in its first second, and to the slowest of a hundred from then on; and how
  /// long it takes after its end until something is shared again.
  @Test
  @Tag("evidence")
  void addsLittleAndIsBackSoon() throws Exception {
    try (redis;
        network;
        var program = RunningGatehouse.startToMeasure(folder.resolve("data"), settings())) {
      var client = program.client();
      Sharing.await(client, redis);
      try (var load = MixedLoad.start(client, 2)) {
        pass(Duration.ofSeconds(60));
        for (var fault : faults().entrySet()) {
          load.durations();
          pass(Duration.ofSeconds(10));
          List<Duration> before = load.durations();
          fault.getValue().begin().run();
          pass(Duration.ofMillis(1_500));
          List<Duration> failing = load.durations();
          pass(Duration.ofSeconds(6));
          List<Duration> open = load.durations();
          fault.getValue().end().run();
          long ended = System.nanoTime();
          Sharing.await(client, redis);
          var back = Duration.ofNanos(System.nanoTime() - ended);

          Duration added = slowest(failing, 1_000).minus(slowest(before, 1_000));
          Duration addedOnceOpen = slowest(open, 100).minus(slowest(before, 100));
          System.out.printf(
              "%s: adds %s at first (of %d), %s once open (of %d), shared again after %s%n",
              fault.getKey(), added, failing.size(), addedOnceOpen, open.size(), back);
          assertThat(load.failures()).isEmpty();
          assertThat(added).isLessThan(Duration.ofMillis(60));
          assertThat(addedOnceOpen).isLessThan(Duration.ofMillis(5));
          assertThat(back).isLessThan(Duration.ofSeconds(5));
        }
      }
    }
  }

  private Map<String, String> settings() {
    var settings = new LinkedHashMap<>(SETTINGS);
    settings.put("GATEHOUSE_REDIS_URL", "redis://127.0.0.1:" + network.port());
    return settings;
  }

  private record Happening(Runnable begin, Runnable end) {}

  private Map<String, Happening> faults() {
    var faults = new LinkedHashMap<String, Happening>();
    faults.put("killed", new Happening(redis::kill, redis::start));
    faults.put("hung", new Happening(redis::freeze, redis::thaw));
    faults.put(
        "slow",
        new Happening(
            () -> network.set(new Fault.Delay(Duration.ofMillis(200), Duration.ZERO)),
            network::heal));
    faults.put("flushed", new Happening(() -> redis.command("FLUSHALL"), () -> {}));
    return faults;
  }

  private static Duration slowest(List<Duration> sorted, int of) {
    return sorted.get(sorted.size() - 1 - sorted.size() / of);
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
