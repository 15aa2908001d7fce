package dev.gatehouse.resilience.pool;

import dev.gatehouse.resilience.Deadline;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A task that a [WorkerPool] has admitted, and its result once there is one. Thread-safe.
///
/// Someone must [#await()] it: that is what bounds its time in the queue. A task that has started
/// runs to its end; only its result may find no one waiting.
public final class PendingTask<T> {
  private final WorkerPool pool;
  private final Callable<? extends T> work;
  private final QueuePriority lane;
  private final Deadline deadline;
  private final Deadline turnBy;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private boolean startsAtOnce;

  PendingTask(
      WorkerPool pool,
      Callable<? extends T> work,
      QueuePriority lane,
      Deadline deadline,
      Deadline turnBy) {
    this.pool = pool;
    this.work = work;
    this.lane = lane;
    this.deadline = deadline;
    this.turnBy = turnBy;
  }

  /// Waits for the result, on a virtual thread at no cost.
  ///
  /// @throws ExecutionException with what the task threw as its cause
  /// @throws TaskRejected when its turn would come too late after all, or the pool is shut down
  /// @throws TimeoutException when the deadline passed; the task is dropped unless it runs already
  /// @throws InterruptedException when the caller was interrupted; the task likewise
  /// @throws CancellationException when the task was cancelled
  public T await() throws InterruptedException, ExecutionException, TimeoutException {
    try {
      if (!endsBefore(turnBy)) {
        leaveQueue();
      }
      return outcome.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException callerLeft) {
      cancel();
      throw callerLeft;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TaskRejected rejected) {
        throw rejected;
      }
      throw failed;
    }
  }

  /// Drops the task if it has not started.
  ///
  /// @return whether it will never start
  public boolean cancel() {
    return pool.drop(this) && outcome.cancel(false);
  }

  QueuePriority lane() {
    return lane;
  }

  Deadline deadline() {
    return deadline;
  }

  /// Notes on admission whether a worker was idle; guarded by the queue's lock.
  void startsAtOnce(boolean workerIdle) {
    startsAtOnce = workerIdle;
  }

  /// Whether it cannot end in time if it starts now.
  boolean isLate(long serviceTimeNanos) {
    return !startsAtOnce && turnBy.remainingNanos() < serviceTimeNanos;
  }

  /// Does the work. What it returns makes the outcome known.
  Runnable run() {
    try {
      T result = work.call();
      return () -> outcome.complete(result);
    } catch (Throwable failure) {
      return () -> outcome.completeExceptionally(failure);
    } finally {
      clearInterruption();
    }
  }

  void reject(TaskRejected rejected) {
    outcome.completeExceptionally(rejected);
  }

  /// An interruption is meant for the task it met, not for the worker's next.
  private static void clearInterruption() {
    Thread.interrupted();
  }

  private void leaveQueue() throws TimeoutException {
    if (deadline.expired()) {
      cancel();
      throw new TimeoutException("the deadline passed");
    }
    pool.rejectOverdue(this);
  }

  private boolean endsBefore(Deadline moment) throws InterruptedException {
    try {
      outcome.get(Math.max(0, moment.remainingNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException | CancellationException ended) {
      return true;
    }
  }
}
