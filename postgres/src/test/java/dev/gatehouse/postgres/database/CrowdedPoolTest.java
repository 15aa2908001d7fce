package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.PoolStats;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.net.FaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many more callers than connections.
final class CrowdedPoolTest {
  private static final int CALLERS = 5;
  private static final Sql BUSY = Sql.of("SELECT pg_sleep(0.02)");

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Test
  void countsThoseWhoWaitAndHowLong() throws Exception {
    var told = new Told();
    var taken = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    PostgresSettings one = Settings.sized(DATABASE.settings(), 1);
    try (var database = Database.open(one, told::follow, StatementListener.NONE);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> holdUntil(release, database, taken));
      assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
      for (int caller = 0; caller < CALLERS; caller++) {
        threads.execute(database::ping);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> told.pending() == CALLERS);
      release.countDown();
    }

    assertThat(told.acquired.get()).isEqualTo(1 + CALLERS);
    assertThat(told.longest.get()).isPositive();
    assertThat(told.timeouts.get()).isZero();
  }

  @Test
  void countsThoseWhoWaitInVain() throws Exception {
    var told = new Told();
    var taken = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    PostgresSettings one = Settings.sized(DATABASE.settings(), 1);
    try (var database = Database.open(one, told::follow, StatementListener.NONE);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> holdUntil(release, database, taken));
      assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
      Future<Boolean> other = threads.submit(() -> servesInTime(database));
      List<Boolean> served = List.of(servesInTime(database), other.get());
      release.countDown();

      assertThat(served).containsOnly(false);
    }
    assertThat(told.timeouts.get()).isEqualTo(2);
  }

  /// A connection to this server takes four round trips to open, longer than a caller waits for one
  /// of a full pool. A single round trip is far from what makes the server late.
  @Test
  void waitsForAPoolThatGrowsAndNotForAFullOne() throws Exception {
    var taken = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    URI address = URI.create(DATABASE.settings().url().substring("jdbc:".length()));
    try (var network = FaultProxy.to(address.getPort(), 1);
        var database = Database.open(growing(through(network, address)));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> holdUntil(release, database, taken));
      threads.execute(() -> holdUntil(release, database, taken));
      assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
      network.set(new Fault.Delay(Duration.ofMillis(20), Duration.ZERO));

      boolean served = servesInTime(database);
      release.countDown();

      assertThat(served).isTrue();
    }
  }

  /// A burst at a pool of two connections that may become ten.
  @Test
  void servesABurstAfterARest() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (var database = Database.open(DATABASE.settings());
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        database.ping();
        List<Future<Boolean>> burst =
            threads.invokeAll(Collections.nCopies(50, () -> works(database)));
        for (Future<Boolean> served : burst) {
          assertThat(served.get()).isTrue();
        }
      }
    }
  }

  private static boolean works(Database database) {
    try {
      return database.write(statements -> statements.first(BUSY.call(), _ -> true).isPresent());
    } catch (Unavailable none) {
      return false;
    }
  }

  /// With a pool that opens its third connection for a caller, who waits 80 ms for one.
  private static PostgresSettings growing(PostgresSettings base) {
    return Settings.waiting(Settings.sized(base, 3, 0), Duration.ofMillis(80));
  }

  private static PostgresSettings through(FaultProxy network, URI address) {
    var base = DATABASE.settings();
    String url = base.url().replace(":" + address.getPort(), ":" + network.port());
    return PostgresSettings.of(url, base.user(), base.password());
  }

  private static boolean servesInTime(Database database) {
    try {
      Deadline.after(Duration.ofSeconds(2)).run(database::ping);
      return true;
    } catch (Unavailable none) {
      return false;
    }
  }

  private static void holdUntil(CountDownLatch release, Database database, CountDownLatch taken) {
    database.write(
        statements -> {
          taken.countDown();
          hold(release);
          return 0;
        });
  }

  private static void hold(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the pool tells those who measure it.
  private static final class Told {
    private final AtomicReference<PoolStats> pool = new AtomicReference<>();
    private final AtomicInteger acquired = new AtomicInteger();
    private final AtomicInteger timeouts = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();

    int pending() {
      return Optional.ofNullable(pool.get()).map(PoolStats::getPendingThreads).orElse(0);
    }

    IMetricsTracker follow(String name, PoolStats stats) {
      assertThat(name).isNotEmpty();
      pool.set(stats);
      return new IMetricsTracker() {
        @Override
        public void recordConnectionAcquiredNanos(long nanos) {
          acquired.incrementAndGet();
          longest.accumulateAndGet(nanos, Math::max);
        }

        @Override
        public void recordConnectionTimeout() {
          timeouts.incrementAndGet();
        }
      };
    }
  }
}
