package dev.gatehouse.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.redis.RedisFixture;
import io.lettuce.core.tracing.Tracing;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The loop meets what nothing expects in one run, and goes on.
class RedisWatchTest {
  private static RedisFixture redis;

  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
  private final PeriodicTasks tasks = new PeriodicTasks(new Reports(reports));

  @BeforeAll
  static void start() {
    redis = RedisFixture.embedded();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  static Stream<Supplier<Throwable>> faults() {
    return Stream.of(
        () -> new IllegalStateException("a bug"),
        () -> new StackOverflowError("deep"),
        () -> new AssertionError("wrong"));
  }

  /// A server that refuses opens the breaker, whose listener fails on the loop's thread.
  @ParameterizedTest
  @MethodSource("faults")
  void goesOnAfterWhatNothingExpects(Supplier<Throwable> fault) throws Exception {
    redis.command("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~others:*", "&*", "+@all");
    URI url = URI.create("redis://limited:pw@127.0.0.1:" + redis.port());
    var listener = new FailingListener(new AtomicReference<>(fault));
    try (RedisLink link =
        RedisLink.open(RedisAddress.parse(url), listener, Tracing.disabled(), tasks)) {
      link.uses("gatehouse:");

      assertThat(reports.poll(20, SECONDS)).isEqualTo("redis-monitor began");
      assertThat(reports.poll(20, SECONDS)).isEqualTo("redis-monitor ended");
      assertThat(tasks.status("redis-monitor").orElseThrow().sinceSuccess())
          .isLessThan(Duration.ofSeconds(5));
      assertThat(link.connected()).isTrue();
      assertThat(reports).as("one outage").isEmpty();
    }
  }

  /// Fails once.
  private record FailingListener(AtomicReference<Supplier<Throwable>> fault)
      implements CircuitBreakerListener {
    @Override
    public void changed(String breaker, CircuitState from, CircuitState to) {
      Supplier<Throwable> next = fault.getAndSet(null);
      if (next != null) {
        FailingListener.<RuntimeException>raise(next.get());
      }
    }

    @Override
    public void refused(String breaker) {}

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  private record Reports(BlockingQueue<String> texts) implements PeriodicTaskListener {
    @Override
    public void outageBegan(String task, Throwable cause) {
      texts.add(task + " began");
    }

    @Override
    public void outageEnded(String task, int failures, Duration lasted) {
      texts.add(task + " ended");
    }
  }
}
