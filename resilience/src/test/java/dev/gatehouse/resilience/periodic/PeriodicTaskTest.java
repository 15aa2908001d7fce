package dev.gatehouse.resilience.periodic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.resilience.Backoff;
import dev.gatehouse.resilience.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class PeriodicTaskTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final RecordedOutages outages = new RecordedOutages();
  private final ManualClock clock = new ManualClock();
  private final SteppedPause pause = new SteppedPause();
  private final PeriodicTasks tasks = new PeriodicTasks(outages, clock, pause, () -> 0.5);
  private final BlockingQueue<PeriodicTask.Work> script = new LinkedBlockingQueue<>();
  private final AtomicInteger turns = new AtomicInteger();
  private PeriodicTask task = tasks.task("before").untilSuccess().start(() -> {});

  @AfterEach
  void close() {
    task.close();
  }

  @Test
  void repeatsWorkAfterItsIntervalShortenedByChance() throws InterruptedException {
    start(described());
    assertThat(pause.next()).isEqualTo(INTERVAL.multipliedBy(95).dividedBy(100));
    pause.end();
    assertThat(pause.next()).isPositive();
    assertThat(turns).hasValue(2);
  }

  @Test
  void waitsFirstWhenDelayed() throws InterruptedException {
    start(described().delayed());
    assertThat(pause.next()).isPositive();
    assertThat(turns).hasValue(0);
    pause.end();
    assertThat(pause.next()).isPositive();
    assertThat(turns).hasValue(1);
  }

  @Test
  void passesOnOnlyWhatTheWorkDoesNotReportItself() throws InterruptedException {
    script.add(() -> PeriodicTaskTest.<Exception>raise(new IOException("away")));
    script.add(() -> PeriodicTaskTest.<Exception>raise(new IllegalStateException("a bug")));
    script.add(() -> {});
    script.add(() -> PeriodicTaskTest.<Exception>raise(new IOException("away")));
    start(described().reportsItself(IOException.class));
    for (int turn = 0; turn < 4; turn++) {
      pause.next();
      pause.end();
    }
    pause.next();

    assertThat(outages.next()).isEqualTo("t began: IllegalStateException");
    assertThat(outages.next()).startsWith("t ended after 2");
    assertThat(outages.isEmpty()).isTrue();
  }

  static Stream<Throwable> anything() {
    return Stream.of(
        new IOException("away"),
        new IllegalStateException("a bug"),
        new AssertionError("an error"),
        new StackOverflowError("deep"),
        new OutOfMemoryError("full"),
        new InterruptedException("not by a close"),
        new Throwable("of no kind"));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void survivesWhateverATurnThrows(Throwable thrown) throws InterruptedException {
    script.add(() -> PeriodicTaskTest.<Error>raise(thrown));
    start(described());
    assertThat(outages.next()).isEqualTo("t began: " + thrown.getClass().getSimpleName());
    pause.next();
    pause.end();
    assertThat(outages.next()).isEqualTo("t ended after 1, PT0S");
    pause.next();
    assertThat(turns).hasValue(2);
    assertThat(tasks.status("t").orElseThrow().alive()).isTrue();
  }

  @Test
  void reportsAnOutageOnceAndItsEndOnce() throws InterruptedException {
    script.add(() -> failAfter(Duration.ofSeconds(1)));
    script.add(() -> failAfter(Duration.ofSeconds(2)));
    start(described());
    assertThat(outages.next()).isEqualTo("t began: IOException");
    pause.next();
    assertThat(tasks.statuses())
        .containsExactly(new PeriodicTaskStatus("t", true, Duration.ofSeconds(1), 1));
    pause.end();
    assertThat(outages.next()).isEqualTo("t failed 2: IOException");
    pause.next();
    clock.advance(Duration.ofSeconds(4));
    assertThat(tasks.statuses())
        .containsExactly(new PeriodicTaskStatus("t", true, Duration.ofSeconds(7), 2));
    pause.end();
    assertThat(outages.next()).isEqualTo("t ended after 2, PT6S");
    pause.next();
    pause.end();
    pause.next();
    assertThat(outages.isEmpty()).isTrue();
    assertThat(tasks.statuses())
        .containsExactly(new PeriodicTaskStatus("t", true, Duration.ZERO, 0));
  }

  @Test
  void waitsDifferentlyWhileFailing() throws InterruptedException {
    script.add(() -> failAfter(Duration.ZERO));
    start(described().jitter(0).whileFailing(Duration.ofMillis(100)));
    assertThat(pause.next()).isEqualTo(Duration.ofMillis(100));
    pause.end();
    assertThat(pause.next()).isEqualTo(INTERVAL);
  }

  @Test
  void backsOffAndStartsAgainAfterASuccess() throws InterruptedException {
    script.add(() -> failAfter(Duration.ZERO));
    script.add(() -> failAfter(Duration.ZERO));
    script.add(() -> {});
    script.add(() -> failAfter(Duration.ZERO));
    var backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(60), () -> 0.0);
    start(described().jitter(0).whileFailing(backoff));
    assertThat(pause.next()).isEqualTo(Duration.ofSeconds(1));
    pause.end();
    assertThat(pause.next()).isEqualTo(Duration.ofSeconds(2));
    pause.end();
    assertThat(pause.next()).isEqualTo(INTERVAL);
    pause.end();
    assertThat(pause.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void doesNotSpinWhenWorkWithoutAnIntervalFails() throws InterruptedException {
    script.add(() -> failAfter(Duration.ZERO));
    start(tasks.task("t").jitter(0));
    assertThat(pause.next()).isEqualTo(Duration.ofSeconds(1));
    script.add(() -> new CountDownLatch(1).await());
    pause.end();
  }

  @Test
  void countsATurnsOwnTimeWhenMeasuredFromItsStart() throws InterruptedException {
    script.add(() -> clock.advance(Duration.ofSeconds(3)));
    script.add(() -> clock.advance(INTERVAL.plusSeconds(1)));
    start(described().jitter(0).fromStart());
    assertThat(pause.next()).isEqualTo(Duration.ofSeconds(7));
    pause.end();
    // The second turn took longer than the interval: the third followed at once.
    assertThat(pause.next()).isEqualTo(INTERVAL);
    assertThat(turns).hasValue(3);
  }

  @Test
  void endsAWaitWhenWoken() throws InterruptedException {
    start(described());
    pause.next();
    task.wake();
    pause.next();
    assertThat(turns).hasValue(2);
  }

  @Test
  void followsUpAtOnceWhenWokenDuringATurn() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var wokenIn = new CountDownLatch(1);
    script.add(
        () -> {
          begun.countDown();
          wokenIn.await();
        });
    var timed = new PeriodicTasks(outages);
    var ran = new CountDownLatch(2);
    try (var hourly =
        timed.task("hourly").every(Duration.ofHours(1)).start(() -> runScripted(ran))) {
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      hourly.wake();
      wokenIn.countDown();
      assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void interruptsATurnAtItsClose() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    var inside = new CountDownLatch(1);
    script.add(
        () -> {
          inside.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException closed) {
            interrupted.countDown();
            throw closed;
          }
        });
    start(described());
    inside.await();
    task.close();
    task.close();
    assertThat(interrupted.getCount()).isZero();
    assertThat(outages.isEmpty()).isTrue();
    assertThat(tasks.statuses()).isEmpty();
  }

  @Test
  void letsATurnFinishForAsLongAsAllowed() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    script.add(
        () -> {
          inside.countDown();
          go.await();
          done.countDown();
        });
    start(described().finishWithin(Duration.ofSeconds(20)));
    inside.await();
    Thread closing = Thread.ofVirtual().start(task::close);
    go.countDown();
    closing.join();
    assertThat(done.getCount()).isZero();
  }

  @Test
  void reportsAThreadThatDoesNotEnd() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var go = new Semaphore(0);
    script.add(
        () -> {
          inside.countDown();
          go.acquireUninterruptibly();
        });
    start(described().stopWithin(Duration.ofMillis(1)));
    inside.await();
    task.close();
    assertThat(outages.next()).isEqualTo("t left running");
    go.release();
  }

  @Test
  void closesFromItsOwnWork() throws InterruptedException {
    var ended = new CountDownLatch(1);
    script.add(
        () -> {
          task.close();
          ended.countDown();
        });
    task = described().delayed().start(this::runScripted);
    pause.next();
    pause.end();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(tasks.statuses()).isEmpty();
  }

  @Test
  void endsAfterTheFirstSuccessWhenAsked() throws InterruptedException {
    script.add(() -> failAfter(Duration.ZERO));
    start(described().untilSuccess());
    assertThat(outages.next()).startsWith("t began");
    pause.next();
    pause.end();
    assertThat(outages.next()).startsWith("t ended");
    assertThat(tasks.statuses()).isEmpty();
    assertThat(turns).hasValue(2);
  }

  @Test
  void survivesAListenerThatFails() throws InterruptedException {
    script.add(() -> failAfter(Duration.ZERO));
    var failing =
        new PeriodicTaskListener() {
          @Override
          public void outageBegan(String name, Throwable cause) {
            throw new AssertionError("the listener fails");
          }
        };
    start(described().reportTo(failing));
    pause.next();
    pause.end();
    pause.next();
    assertThat(turns).hasValue(2);
  }

  @Test
  void survivesAWaitThatFails() throws InterruptedException {
    var waits = new AtomicInteger();
    var ran = new CountDownLatch(2);
    Pause failing =
        (wake, atMost) -> {
          if (waits.incrementAndGet() == 1) {
            throw new OutOfMemoryError("no wait");
          }
          return pause.await(wake, atMost);
        };
    var others = new PeriodicTasks(outages, clock, failing, () -> 0.5);
    try (var _ = others.task("t").every(INTERVAL).start(ran::countDown)) {
      assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void numbersASecondTaskOfTheSameName() throws InterruptedException {
    start(described());
    try (var second = described().start(() -> {})) {
      assertThat(second.status().name()).isEqualTo("t-2");
      assertThat(tasks.statuses()).hasSize(2);
    }
    assertThat(tasks.statuses()).hasSize(1);
  }

  @Test
  void refusesNamesThatMetricsCannotShow() {
    assertThatThrownBy(() -> tasks.task("Of My Own")).isInstanceOf(IllegalArgumentException.class);
  }

  private PeriodicTaskBuilder described() {
    return tasks.task("t").every(INTERVAL);
  }

  private void start(PeriodicTaskBuilder described) {
    task = described.start(this::runScripted);
  }

  private void runScripted() throws Exception {
    turns.incrementAndGet();
    PeriodicTask.Work next = script.poll();
    if (next != null) {
      next.run();
    }
  }

  private void runScripted(CountDownLatch ran) throws Exception {
    runScripted();
    ran.countDown();
  }

  private void failAfter(Duration time) throws IOException {
    clock.advance(time);
    throw new IOException("away");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
