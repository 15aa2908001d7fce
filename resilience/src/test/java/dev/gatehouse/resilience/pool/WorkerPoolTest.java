package dev.gatehouse.resilience.pool;

import static dev.gatehouse.resilience.pool.Rejection.Reason.SHUTTING_DOWN;
import static dev.gatehouse.resilience.pool.Rejection.Reason.WOULD_BE_LATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One worker on a clock that does not move: 10 ms a task by estimate, 100 ms promised.
@Timeout(30)
class WorkerPoolTest {
  private final ManualClock clock = new ManualClock();
  private final CountingListener counted = new CountingListener();
  private final WorkerPool pool = new WorkerPool(settings(1), counted, clock);
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    assertThat(pool.shutdown(Deadline.after(Duration.ofSeconds(10)))).isTrue();
  }

  @Test
  void returnsTheResult() throws Exception {
    assertThat(submit(QueuePriority.REGULAR, () -> 42).await()).isEqualTo(42);
    assertThat(counted.completions()).isEqualTo(1);
  }

  @Test
  void runsTasksOnItsOwnNamedDaemonThreads() throws Exception {
    var thread = submit(QueuePriority.REGULAR, Thread::currentThread).await();
    assertThat(thread.getName()).isEqualTo("test-1");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.isVirtual()).isFalse();
  }

  @Test
  void passesOnWhatATaskThrowsAndGoesOn() throws Exception {
    for (var failure : List.of(new Exception("e"), new StackOverflowError(), new Error("x"))) {
      PendingTask<Integer> failing =
          submit(
              QueuePriority.REGULAR,
              () -> {
                if (failure instanceof Error error) {
                  throw error;
                }
                throw (Exception) failure;
              });
      assertThatThrownBy(failing::await).isInstanceOf(ExecutionException.class).hasCause(failure);
    }
    assertThat(submit(QueuePriority.REGULAR, () -> 1).await()).isEqualTo(1);
    assertThat(counted.completions()).isEqualTo(4);
  }

  @Test
  void servesRegularTasksBeforeDeferredOnesAndEachLaneInOrder() throws Exception {
    var tasks = new ArrayList<PendingTask<?>>();
    try (var _ = new HeldWorker(pool)) {
      for (String name : List.of("a", "b")) {
        tasks.add(submit(QueuePriority.DEFERRED, () -> ran.add("deferred " + name)));
        tasks.add(submit(QueuePriority.REGULAR, () -> ran.add("regular " + name)));
      }
      assertThat(pool.load().waiting()).isEqualTo(2);
      assertThat(pool.load().deferred()).isEqualTo(2);
      assertThat(pool.load().running()).isEqualTo(1);
    }
    for (var task : tasks) {
      task.await();
    }
    assertThat(ran).containsExactly("regular a", "regular b", "deferred a", "deferred b");
  }

  @Test
  void refusesAtOnceWhatWouldBeLate() {
    try (var _ = new HeldWorker(pool)) {
      for (int task = 0; task < 9; task++) {
        submit(QueuePriority.REGULAR, () -> 1);
      }
      var rejected = rejection(() -> submit(QueuePriority.REGULAR, () -> 1));
      assertThat(rejected).isEqualTo(new Rejection(WOULD_BE_LATE, Duration.ofMillis(10)));
      assertThat(counted.rejections(WOULD_BE_LATE)).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatWouldMissItsCallersDeadline() {
    try (var _ = new HeldWorker(pool)) {
      var soon = Deadline.after(Duration.ofMillis(15), clock);
      assertThat(rejection(() -> pool.submit(QueuePriority.REGULAR, soon, () -> 1)).reason())
          .isEqualTo(WOULD_BE_LATE);
    }
  }

  @Test
  void refusesOnItsTurnATaskThatHasBecomeLate() throws Exception {
    PendingTask<Boolean> late;
    try (var _ = new HeldWorker(pool)) {
      late = submit(QueuePriority.REGULAR, () -> ran.add("late"));
      clock.advance(Duration.ofMillis(131));
    }
    assertThat(rejection(late::await).reason()).isEqualTo(WOULD_BE_LATE);
    assertThat(ran).isEmpty();
    assertThat(counted.rejections(WOULD_BE_LATE)).isEqualTo(1);
  }

  @Test
  void refusesADeferredTaskThatRegularOnesKeepFromItsTurn() {
    try (var _ = new HeldWorker(pool)) {
      var overtaken = submit(QueuePriority.DEFERRED, () -> ran.add("overtaken"));
      submit(QueuePriority.REGULAR, () -> 1);
      assertThat(rejection(overtaken::await).reason()).isEqualTo(WOULD_BE_LATE);
      assertThat(pool.load().deferred()).isZero();
    }
    assertThat(ran).isEmpty();
  }

  @Test
  void dropsATaskWhoseCallerIsInterrupted() throws Exception {
    try (var _ = new HeldWorker(pool)) {
      var task = submit(QueuePriority.REGULAR, () -> ran.add("nobody waits"));
      var thrown = new AtomicReference<Throwable>();
      var caller = Thread.ofVirtual().start(() -> thrown.set(thrownBy(task::await)));
      caller.interrupt();
      caller.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(pool.load().queued()).isZero();
      assertThat(counted.drops()).isEqualTo(1);
    }
    assertThat(submit(QueuePriority.REGULAR, () -> 1).await()).isEqualTo(1);
    assertThat(ran).isEmpty();
  }

  @Test
  void dropsATaskWhoseDeadlinePasses() {
    try (var _ = new HeldWorker(pool)) {
      var deadline = Deadline.after(Duration.ofMillis(30), clock);
      var task = pool.submit(QueuePriority.REGULAR, deadline, () -> ran.add("too late"));
      clock.advance(Duration.ofMillis(31));
      assertThatThrownBy(task::await).isInstanceOf(TimeoutException.class);
      assertThat(pool.load().queued()).isZero();
      assertThat(counted.drops()).isEqualTo(1);
    }
    assertThat(ran).isEmpty();
  }

  @Test
  void leavesARunningTaskWhenTheDeadlinePasses() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var task =
        pool.submit(
            QueuePriority.REGULAR,
            Deadline.after(Duration.ofMillis(30), clock),
            () -> {
              started.countDown();
              return awaited(release, "ran to its end");
            });
    started.await();
    clock.advance(Duration.ofMillis(31));
    assertThatThrownBy(task::await).isInstanceOf(TimeoutException.class);
    assertThat(task.cancel()).isFalse();
    release.countDown();
    assertThat(submit(QueuePriority.REGULAR, () -> 1).await()).isEqualTo(1);
    assertThat(ran).containsExactly("ran to its end");
  }

  @Test
  void tellsACancelledTaskFromAFailedOne() {
    try (var _ = new HeldWorker(pool)) {
      var task = submit(QueuePriority.REGULAR, () -> 1);
      assertThat(task.cancel()).isTrue();
      assertThat(task.cancel()).isFalse();
      assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
      assertThat(counted.drops()).isEqualTo(1);
    }
  }

  @Test
  void recoversFromAnEstimateSpoiltByALongPause() throws Exception {
    submit(
            QueuePriority.REGULAR,
            () -> {
              clock.advance(Duration.ofMinutes(10));
              return 1;
            })
        .await();
    assertThat(pool.load().serviceTime()).isGreaterThan(Duration.ofSeconds(30));
    for (int task = 0; task < 200; task++) {
      assertThat(submit(QueuePriority.REGULAR, () -> 1).await()).isEqualTo(1);
    }
    assertThat(pool.load().serviceTime()).isLessThan(Duration.ofMillis(10));
  }

  @Test
  void keepsAnInterruptionFromTheNextTask() throws Exception {
    submit(
            QueuePriority.REGULAR,
            () -> {
              Thread.currentThread().interrupt();
              return 1;
            })
        .await();
    assertThat(submit(QueuePriority.REGULAR, () -> Thread.currentThread().isInterrupted()).await())
        .isFalse();
  }

  @Test
  void survivesAListenerThatThrows() throws Exception {
    var broken =
        new WorkerPoolListener() {
          @Override
          public void completed(long nanos) {
            throw new IllegalStateException("broken listener, thrown on purpose");
          }
        };
    try (var other = new WorkerPool(settings(1), broken)) {
      for (int task = 0; task < 3; task++) {
        assertThat(other.submit(QueuePriority.REGULAR, Deadline.never(), () -> 1).await())
            .isEqualTo(1);
      }
    }
  }

  @Test
  void finishesWhatItAdmittedWhenClosed() throws Exception {
    var tasks = new ArrayList<PendingTask<?>>();
    Thread closer;
    try (var _ = new HeldWorker(pool)) {
      tasks.add(submit(QueuePriority.REGULAR, () -> ran.add("regular")));
      tasks.add(submit(QueuePriority.DEFERRED, () -> ran.add("deferred")));
      closer = Thread.ofVirtual().start(() -> pool.shutdown(Deadline.never()));
      while (rejectionIfAny().isEmpty()) {
        Thread.onSpinWait();
      }
    }
    closer.join();
    for (var task : tasks) {
      task.await();
    }
    assertThat(ran).contains("regular", "deferred");
  }

  @Test
  void interruptsAndRejectsWhatIsLeftWhenTheGraceEnds() {
    var held = new HeldWorker(pool);
    var queued = submit(QueuePriority.REGULAR, () -> ran.add("never"));
    assertThat(pool.shutdown(Deadline.after(Duration.ZERO))).isTrue();
    assertThatThrownBy(held.task::await)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(rejection(queued::await).reason()).isEqualTo(SHUTTING_DOWN);
    assertThat(ran).isEmpty();
  }

  @Test
  void maySafelyBeClosedTwice() {
    pool.close();
    pool.close();
    assertThat(rejection(() -> submit(QueuePriority.REGULAR, () -> 1)).reason())
        .isEqualTo(SHUTTING_DOWN);
  }

  @Test
  void hurriesWhenWhoeverClosesItIsInterrupted() throws Exception {
    var held = new HeldWorker(pool);
    var stillInterrupted = new AtomicReference<Boolean>();
    var closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  pool.shutdown(Deadline.never());
                  stillInterrupted.set(Thread.currentThread().isInterrupted());
                });
    closer.interrupt();
    closer.join();
    assertThat(stillInterrupted.get()).isTrue();
    assertThatThrownBy(held.task::await).hasCauseInstanceOf(InterruptedException.class);
  }

  private static WorkerPoolSettings settings(int workers) {
    return new WorkerPoolSettings(
        "test", workers, 100, Duration.ofMillis(100), Duration.ofMillis(10));
  }

  private <T> PendingTask<T> submit(QueuePriority lane, Callable<T> work) {
    return pool.submit(lane, Deadline.never(), work);
  }

  private String awaited(CountDownLatch latch, String name) throws InterruptedException {
    latch.await();
    ran.add(name);
    return name;
  }

  private Optional<Rejection> rejectionIfAny() {
    try {
      submit(QueuePriority.DEFERRED, () -> ran.add("probe"));
      return Optional.empty();
    } catch (TaskRejected rejected) {
      return Optional.of(rejected.rejection());
    }
  }

  private static Rejection rejection(ThrowingCallable call) {
    return catchThrowableOfType(TaskRejected.class, call).rejection();
  }

  private static Throwable thrownBy(ThrowingCallable call) {
    return catchThrowable(call);
  }
}
