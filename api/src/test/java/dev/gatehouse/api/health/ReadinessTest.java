package dev.gatehouse.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.api.health.HealthReport.Status;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadinessTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void isUpWhenEveryCheckSucceeds() {
    var readiness = readiness(check("database", () -> {}), check("cache", () -> {}));

    assertThat(readiness.report())
        .isEqualTo(new HealthReport(Status.UP, Map.of("database", true, "cache", true)));
  }

  @Test
  void isDownWhenOneFailsAndNamesIt() {
    var readiness = readiness(check("cache", () -> {}), check("database", ReadinessTest::fail));

    assertThat(readiness.report())
        .isEqualTo(new HealthReport(Status.DOWN, Map.of("database", false, "cache", true)));
  }

  @Test
  void showsWhatFailsAndCanBeDoneWithoutAndStaysUp() {
    var readiness = readiness(check("database", () -> {}));
    readiness.mention(check("consul", ReadinessTest::fail));

    assertThat(readiness.report())
        .isEqualTo(new HealthReport(Status.UP, Map.of("database", true, "consul", false)));
  }

  @Test
  void recoversWithTheDependency() {
    var broken = new AtomicBoolean(true);
    var readiness =
        readiness(
            check(
                "database",
                () -> {
                  if (broken.get()) {
                    fail();
                  }
                }));

    assertThat(readiness.report().ready()).isFalse();
    broken.set(false);
    pass(Duration.ofSeconds(1));
    assertThat(readiness.report().ready()).isTrue();
  }

  @Test
  void asksAtMostOnceASecond() {
    var readiness = readiness(check("database", () -> {}));

    readiness.report();
    pass(Duration.ofMillis(999));
    readiness.report();
    assertThat(runs).hasValue(1);
    pass(Duration.ofMillis(1));
    readiness.report();
    assertThat(runs).hasValue(2);
  }

  @Test
  void asksOnceForAllWhoWaitForTheSameResponse() throws Exception {
    var open = new CountDownLatch(1);
    var readiness = readiness(check("database", open::await));
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var reports =
          IntStream.range(0, 50).mapToObj(_ -> callers.submit(readiness::report)).toList();
      pass(Duration.ofSeconds(5));
      open.countDown();
      for (var report : reports) {
        assertThat(report.get().ready()).isTrue();
      }
    }
    assertThat(runs.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void countsACheckThatTakesTooLongAsFailedAndInterruptsIt() throws Exception {
    var interrupted = new CountDownLatch(1);
    var slow =
        new HealthCheck(
            "database",
            Duration.ofMillis(20),
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
              }
            });

    assertThat(readiness(slow).report().checks()).containsEntry("database", false);
    interrupted.await();
  }

  @Test
  void startsNoSecondRunOfACheckThatNeverEnds() {
    var open = new Semaphore(0);
    var stuck =
        new HealthCheck(
            "database",
            Duration.ofMillis(20),
            () -> {
              runs.incrementAndGet();
              open.acquireUninterruptibly();
            });
    var readiness = readiness(stuck);
    try {
      for (int round = 0; round < 3; round++) {
        assertThat(readiness.report().ready()).isFalse();
        pass(Duration.ofSeconds(1));
      }
      await().untilAsserted(() -> assertThat(runs).hasValue(1));
    } finally {
      open.release();
    }
  }

  @Test
  void bindsTheTimeOutAsTheDeadlineOfTheCheck() {
    var deadlines = new AtomicLong();
    var readiness =
        readiness(check("database", () -> deadlines.set(Deadline.current().remainingNanos())));

    readiness.report();

    assertThat(deadlines.get()).isBetween(1L, LONG.toNanos());
  }

  @Test
  void waitsNoLongerThanItsCallerMay() {
    var readiness = readiness(check("database", () -> new CountDownLatch(1).await()));

    assertThatThrownBy(() -> Deadline.after(Duration.ofMillis(20)).call(readiness::report))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void isNotReadyBeforeTheStartIsDoneAndAsksNobody() {
    var readiness = new Readiness(nanos::get);
    readiness.require(check("database", () -> {}));

    assertThat(readiness.report()).isEqualTo(new HealthReport(Status.STARTING, Map.of()));
    assertThat(runs).hasValue(0);
  }

  @Test
  void isNotReadyOnceDrainingAndAsksNobody() {
    var readiness = readiness(check("database", () -> {}));

    readiness.drain();

    assertThat(readiness.report()).isEqualTo(new HealthReport(Status.DRAINING, Map.of()));
    assertThat(runs).hasValue(0);
  }

  @Test
  void staysNotReadyWhenToldToStopBeforeTheStartIsDone() {
    var readiness = new Readiness(nanos::get);

    readiness.drain();
    readiness.open();

    assertThat(readiness.report().status()).isEqualTo(Status.DRAINING);
  }

  @Test
  void isItselfUpWhateverItDependsOnAndAsksNobody() {
    var readiness = readiness(check("database", ReadinessTest::fail));

    assertThat(readiness.own()).isEqualTo(new HealthReport(Status.UP, Map.of()));
    assertThat(runs).hasValue(0);
  }

  @Test
  void isItselfNotUpBeforeTheStartIsDoneAndOnceDraining() {
    var readiness = new Readiness(nanos::get);

    assertThat(readiness.own().status()).isEqualTo(Status.STARTING);
    readiness.open();
    readiness.drain();
    assertThat(readiness.own().status()).isEqualTo(Status.DRAINING);
  }

  private Readiness readiness(HealthCheck... checks) {
    var readiness = new Readiness(nanos::get);
    List.of(checks).forEach(readiness::require);
    readiness.open();
    return readiness;
  }

  private HealthCheck check(String name, HealthCheck.Probe probe) {
    return new HealthCheck(
        name,
        LONG,
        () -> {
          runs.incrementAndGet();
          probe.run();
        });
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void fail() throws IOException {
    throw new IOException("away");
  }
}
