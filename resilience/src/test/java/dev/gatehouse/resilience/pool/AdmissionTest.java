package dev.gatehouse.resilience.pool;

import static dev.gatehouse.resilience.pool.Rejection.Reason.QUEUE_FULL;
import static dev.gatehouse.resilience.pool.Rejection.Reason.WOULD_BE_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.pool.Admission.Waiting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One worker, 10 ms a task, 100 ms promised: times in milliseconds.
class AdmissionTest {
  private static final long SERVICE = 10;
  private static final long MAX_WAIT = 100;
  private static final long PATIENT = 10_000;
  private static final Waiting NOBODY = new Waiting(0, 0);

  @Test
  void admitsWhatEndsExactlyInTime() {
    assertThat(judge(QueuePriority.REGULAR, new Waiting(8, 0), 0, PATIENT)).isEmpty();
  }

  @Test
  void refusesWhatWouldEndTooLate() {
    var refusal = judge(QueuePriority.REGULAR, new Waiting(9, 0), 0, PATIENT);
    assertThat(refusal).map(Rejection::reason).contains(WOULD_BE_LATE);
  }

  @Test
  void tellsWhenANewcomerWouldBeAdmitted() {
    var refusal = judge(QueuePriority.REGULAR, new Waiting(9, 0), 3, PATIENT).orElseThrow();
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(7));
    assertThat(judge(QueuePriority.REGULAR, new Waiting(9, 0), 3 + 6, PATIENT)).isPresent();
    assertThat(judge(QueuePriority.REGULAR, new Waiting(9, 0), 3 + 7, PATIENT)).isEmpty();
  }

  @Test
  void refusesWhatItsCallerWouldNotWaitFor() {
    assertThat(judge(QueuePriority.REGULAR, new Waiting(3, 0), 0, 50)).isEmpty();
    assertThat(judge(QueuePriority.REGULAR, new Waiting(4, 0), 0, 50)).isPresent();
  }

  @Test
  void letsRegularTasksPassDeferredOnes() {
    var waiting = new Waiting(2, 50);
    assertThat(judge(QueuePriority.REGULAR, waiting, 0, PATIENT)).isEmpty();
    assertThat(judge(QueuePriority.DEFERRED, waiting, 0, PATIENT)).isPresent();
  }

  @Test
  void countsEverybodyAgainstDeferredTasks() {
    assertThat(judge(QueuePriority.DEFERRED, new Waiting(4, 4), 0, PATIENT)).isEmpty();
    assertThat(judge(QueuePriority.DEFERRED, new Waiting(4, 5), 0, PATIENT)).isPresent();
    assertThat(judge(QueuePriority.DEFERRED, new Waiting(9, 0), 0, PATIENT)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(QueuePriority.class)
  void admitsToAnIdleWorkerWhateverTheEstimate(QueuePriority lane) {
    var spoilt = new WaitEstimate(2, millis(60_000), millis(5));
    assertThat(admission(10).refusal(lane, NOBODY, spoilt, millis(PATIENT))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(QueuePriority.class)
  void refusesWhomNobodyWaitsForEvenWhenIdle(QueuePriority lane) {
    var idle = new WaitEstimate(1, millis(SERVICE));
    var refusal = admission(10).refusal(lane, NOBODY, idle, 0);
    assertThat(refusal).map(Rejection::reason).contains(WOULD_BE_LATE);
    assertThat(refusal.orElseThrow().retryAfter()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void boundsEachLaneByItself() {
    var small = admission(3);
    var forecast = new WaitEstimate(1, millis(SERVICE), millis(4));
    assertThat(small.refusal(QueuePriority.DEFERRED, new Waiting(0, 3), forecast, millis(PATIENT)))
        .contains(new Rejection(QUEUE_FULL, Duration.ofMillis(6)));
    assertThat(small.refusal(QueuePriority.DEFERRED, new Waiting(2, 3), forecast, millis(PATIENT)))
        .contains(new Rejection(QUEUE_FULL, Duration.ofMillis(26)));
    assertThat(small.refusal(QueuePriority.REGULAR, new Waiting(2, 3), forecast, millis(PATIENT)))
        .isEmpty();
  }

  private static Optional<Rejection> judge(
      QueuePriority lane, Waiting waiting, long runningForMillis, long patienceMillis) {
    var forecast = new WaitEstimate(1, millis(SERVICE), millis(runningForMillis));
    return admission(1_000).refusal(lane, waiting, forecast, millis(patienceMillis));
  }

  private static Admission admission(int capacity) {
    return new Admission(capacity, millis(MAX_WAIT));
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
