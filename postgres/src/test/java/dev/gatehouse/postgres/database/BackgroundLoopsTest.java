package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.postgres.audit.PostgresAuditLog;
import dev.gatehouse.postgres.cleanup.Sweeper;
import dev.gatehouse.postgres.cleanup.SweeperTest;
import dev.gatehouse.postgres.instance.Heartbeat;
import dev.gatehouse.postgres.session.RecentSignIns;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.Pause;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.Sample;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each background loop meets what nothing expects in one turn, and goes on.
final class BackgroundLoopsTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final Duration LONGEST = Duration.ofSeconds(20);

  /// All intervals shrink, so that no test waits for one.
  private static final Pause SHORT =
      (wake, _) -> wake.tryAcquire(Duration.ofMillis(5).toNanos(), TimeUnit.NANOSECONDS);

  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
  private final AtomicReference<Supplier<Throwable>> fault = new AtomicReference<>();
  private final PeriodicTasks tasks =
      new PeriodicTasks(new Reports(), System::nanoTime, SHORT, () -> 0.5);

  /// A background loop.
  record Loop(String task, Start start) {
    @Override
    public String toString() {
      return task;
    }
  }

  @FunctionalInterface
  interface Start {
    AutoCloseable start(Database database, PeriodicTasks tasks);
  }

  private static Stream<Loop> loops() {
    return Stream.of(
        new Loop(
            "heartbeat",
            (database, tasks) ->
                Heartbeat.start(database, UUID.randomUUID(), SharedClock.system(), tasks)),
        new Loop(
            "cleanup",
            (database, tasks) ->
                Sweeper.start(
                    database,
                    SweeperTest.all(Duration.ofMinutes(10)),
                    SharedClock.system(),
                    tasks)),
        new Loop(
            "replication",
            (database, tasks) ->
                ReplicationWatch.start(database, database, Duration.ofSeconds(1), tasks)),
        new Loop(
            "recent-sign-ins",
            (database, tasks) -> RecentSignIns.read(database, (_, _) -> {}, tasks)),
        new Loop("audit-writer", BackgroundLoopsTest::recording));
  }

  static Stream<Arguments> faults() {
    return loops()
        .flatMap(
            loop ->
                Stream.<Supplier<Throwable>>of(
                        () -> new IllegalStateException("a bug"),
                        () -> new StackOverflowError("deep"),
                        () -> new AssertionError("wrong"))
                    .map(thrown -> Arguments.of(loop, thrown)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void goesOnAfterWhatNothingExpects(Loop loop, Supplier<Throwable> thrown) throws Exception {
    StatementListener failing =
        _ -> {
          Supplier<Throwable> next = fault.getAndSet(null);
          if (next != null) {
            BackgroundLoopsTest.<RuntimeException>raise(next.get());
          }
          return StatementListener.Run.NONE;
        };
    try (var database =
            Database.open(DATABASE.settings(), (_, _) -> new IMetricsTracker() {}, failing);
        var running = started(loop, database, thrown)) {
      assertThat(running).isNotNull();
      assertThat(next()).isEqualTo(loop.task() + " began");
      assertThat(next()).isEqualTo(loop.task() + " ended");
    }
    await().atMost(LONGEST).until(() -> tasks.statuses().isEmpty());
  }

  /// The heartbeat's first turn is part of its start, which may fail; all others meet the fault at
  /// any turn.
  private AutoCloseable started(Loop loop, Database database, Supplier<Throwable> thrown) {
    if (!loop.task().equals("heartbeat")) {
      fault.set(thrown);
      return loop.start().start(database, tasks);
    }
    AutoCloseable running = loop.start().start(database, tasks);
    fault.set(thrown);
    return running;
  }

  private String next() throws InterruptedException {
    return String.valueOf(reports.poll(LONGEST.toSeconds(), TimeUnit.SECONDS));
  }

  private static AutoCloseable recording(Database database, PeriodicTasks tasks) {
    var log = PostgresAuditLog.start(database, System::nanoTime, tasks);
    var event = AuditEvent.by(Kind.SIGN_IN_SUCCEEDED, new UserId(UUID.randomUUID()), Sample.ORIGIN);
    log.record(event);
    log.record(event);
    return log;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private final class Reports implements PeriodicTaskListener {
    @Override
    public void outageBegan(String task, Throwable cause) {
      reports.add(task + " began");
    }

    @Override
    public void outageEnded(String task, int failures, Duration lasted) {
      reports.add(task + " ended");
    }
  }
}
