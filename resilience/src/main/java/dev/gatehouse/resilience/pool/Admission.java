package dev.gatehouse.resilience.pool;

import java.time.Duration;
import java.util.Optional;

/// Decides whether a task may join the queue: only if it is predicted to end within the time
/// promised to every task and before its own deadline. Anyone who is refused learns it at once, and
/// the work is left to those who can still be served in time.
///
/// A regular task is judged as if no deferred one were waiting, since it goes before all of them;
/// only a deferred task that runs already can delay it, by less than one service time. A deferred
/// task has everybody ahead of it. Regular tasks that arrive later overtake it all the same: one
/// that thereby becomes late is refused when that shows.
///
/// A task that would find a worker idle is admitted whatever the prediction, unless its
/// deadline has passed. There is no shorter wait
/// to be had, and its measured time is what corrects an estimate that one long pause has spoilt;
/// refusing it would keep the estimate, and the refusals, forever. Immutable.
///
/// @param queueCapacity how many tasks may wait in each lane
/// @param maxWaitNanos the time promised
record Admission(int queueCapacity, long maxWaitNanos) {
  /// The refusal, or empty for a task that may join.
  ///
  /// @param patienceNanos how long its caller will wait
  Optional<Rejection> refusal(
      QueuePriority lane, Waiting waiting, WaitEstimate forecast, long patienceNanos) {
    if (patienceNanos <= 0) {
      return Optional.of(late(lane, waiting, forecast, maxWaitNanos));
    }
    int ahead = waiting.ahead(lane);
    if (forecast.startsAtOnce(ahead)) {
      return Optional.empty();
    }
    if (waiting.in(lane) >= queueCapacity) {
      return Optional.of(
          new Rejection(Rejection.Reason.QUEUE_FULL, untilPlaceIsFree(lane, waiting, forecast)));
    }
    if (forecast.finish(ahead) > Math.min(maxWaitNanos, patienceNanos)) {
      return Optional.of(late(lane, waiting, forecast, patienceNanos));
    }
    return Optional.empty();
  }

  /// The refusal of a task that would end, or has turned out to end, too late.
  ///
  /// @param patienceNanos how long a caller waits who comes again
  Rejection late(QueuePriority lane, Waiting waiting, WaitEstimate forecast, long patienceNanos) {
    long over = forecast.finish(waiting.ahead(lane)) - Math.min(maxWaitNanos, patienceNanos);
    return new Rejection(Rejection.Reason.WOULD_BE_LATE, Duration.ofNanos(over));
  }

  private Duration untilPlaceIsFree(QueuePriority lane, Waiting waiting, WaitEstimate forecast) {
    long nextStart = forecast.start(waiting.ahead(lane) - waiting.in(lane));
    long inTime = forecast.finish(waiting.ahead(lane)) - maxWaitNanos;
    return Duration.ofNanos(Math.max(nextStart, inTime));
  }

  /// How many tasks wait in each lane.
  record Waiting(int regular, int deferred) {
    int in(QueuePriority lane) {
      return switch (lane) {
        case REGULAR -> regular;
        case DEFERRED -> deferred;
      };
    }

    int ahead(QueuePriority lane) {
      return switch (lane) {
        case REGULAR -> regular;
        case DEFERRED -> regular + deferred;
      };
    }
  }
}
