package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.postgres.HungBackends;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.net.FaultProxy;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HealthMonitorTest {
  private static final Sql WORK = Sql.of("SELECT 2");

  /// Longer than it takes to find the server away.
  private static final Duration LONG = Duration.ofMillis(1_600);

  /// The acquire timeout and time for a busy build machine; a caller may not wait a second.
  private static final Duration SOON = Duration.ofMillis(900);

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Test
  void oneHungBackendOfTheMonitorRefusesNoWork() throws Exception {
    try (var database = Database.open(DATABASE.settings())) {
      work(database);
      awaitProbes();
      List<Unavailable> refused = new ArrayList<>();
      try (var _ = HungBackends.stop(DATABASE, "SELECT 1")) {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
          try {
            work(database);
          } catch (Unavailable unavailable) {
            refused.add(unavailable);
          }
        }
      }
      assertThat(refused).isEmpty();
    }
  }

  /// The pool has one connection, in use, and may open nine: the server hangs before it does.
  @Test
  void callersOfAGrowingPoolAreRefusedInTimeWhenTheServerHangs() throws Exception {
    URI address = URI.create(DATABASE.settings().url().substring("jdbc:".length()));
    var taken = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var network = FaultProxy.to(address.getPort(), 1);
        var database = Database.open(hasty(network, address));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> hold(database, taken, release));
      assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
      network.set(new Fault.Hang());

      for (Future<Duration> waited :
          threads.invokeAll(Collections.nCopies(20, refusal(database)))) {
        assertThat(waited.get()).isLessThan(SOON);
      }
      release.countDown();
    }
  }

  /// The monitors of the two pools: this test's own and the fixture's.
  private static void awaitProbes() throws SQLException {
    try (var connection = DATABASE.connect();
        var query =
            connection.prepareStatement(
                """
                SELECT count(*) >= 2 AS both FROM pg_stat_activity
                WHERE datname = current_database() AND query = 'SELECT 1'
                """)) {
      await().atMost(Duration.ofSeconds(20)).until(() -> isTrue(query));
    }
  }

  private static boolean isTrue(PreparedStatement query) throws SQLException {
    try (var rows = query.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /// The monitor calls back whenever it finds the server away: here into what fails each time.
  @Test
  void goesOnAfterWhatNothingExpects() throws Exception {
    var away = PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/none", "user", "");
    var calls = new Semaphore(0);
    var tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
    Runnable failing =
        () -> {
          calls.release();
          throw new StackOverflowError("deep");
        };
    try (var _ =
        HealthMonitor.start(away, new ServerGuard(), failing, HealthReports.ofPrimary(), tasks)) {
      assertThat(calls.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(tasks.status("database-monitor").orElseThrow().alive()).isTrue();
    }
  }

  /// Its virtual threads do not run while others keep all processors.
  @Test
  void takesNoPauseOfThisProcessForThePauseOfTheServer() throws Exception {
    var lost = new AtomicInteger();
    var tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
    try (var _ =
        HealthMonitor.start(
            DATABASE.settings(),
            new ServerGuard(),
            lost::incrementAndGet,
            HealthReports.ofPrimary(),
            tasks)) {
      awaitSuccess(tasks);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int carrier = 0; carrier < Runtime.getRuntime().availableProcessors(); carrier++) {
          threads.execute(() -> spin(LONG));
        }
      }
      awaitSuccess(tasks);
      assertThat(lost).hasValue(0);
    }
  }

  private static void awaitSuccess(PeriodicTasks tasks) {
    await().atMost(Duration.ofSeconds(20)).until(() -> hasJustSucceeded(tasks));
  }

  private static boolean hasJustSucceeded(PeriodicTasks tasks) {
    var status = tasks.status("database-monitor").orElseThrow();
    return !status.failing() && status.sinceSuccess().toMillis() < 300;
  }

  private static void spin(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static PostgresSettings hasty(FaultProxy network, URI address) {
    PostgresSettings base = DATABASE.settings();
    String url = base.url().replace(":" + address.getPort(), ":" + network.port());
    var usual = PostgresSettings.of(url, base.user(), base.password());
    return Settings.sized(usual, usual.maxOpen(), 1);
  }

  private static Callable<Duration> refusal(Database database) {
    return () -> {
      long start = System.nanoTime();
      Unavailable refused = catchThrowableOfType(Unavailable.class, () -> work(database));
      assertThat(refused.code()).isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE);
      return Duration.ofNanos(System.nanoTime() - start);
    };
  }

  private static void hold(Database database, CountDownLatch taken, CountDownLatch release) {
    try {
      database.write(
          _ -> {
            taken.countDown();
            awaitRelease(release);
            return 0;
          });
    } catch (Unavailable broken) {
      assertThat(broken.code()).isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE);
    }
  }

  private static void awaitRelease(CountDownLatch release) {
    try {
      assertThat(release.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work(Database database) {
    Optional<Integer> result =
        database.write(statements -> statements.first(WORK.call(), row -> row.getInt(1)));
    assertThat(result).contains(2);
  }
}
