package dev.gatehouse.resilience.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What waits and what runs in a [WorkerPool]: all of the pool's shared state, behind one lock.
/// Thread-safe. No task, outcome or listener is touched while the lock is held.
final class TaskQueue {
  private final WorkerPoolSettings settings;
  private final LongSupplier nanoTime;
  private final Admission admission;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Lanes lanes = new Lanes();
  private final BusyWorkers running;
  private final ServiceTime serviceTime;
  private boolean closed;

  TaskQueue(WorkerPoolSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.admission = new Admission(settings.queueCapacity(), settings.maxWait().toNanos());
    this.serviceTime = new ServiceTime(settings.firstEstimate().toNanos());
    this.running = new BusyWorkers(settings.workers());
  }

  /// Admits a task, or returns why it is rejected.
  Optional<Rejection> offer(PendingTask<?> task) {
    return locked(
        () -> {
          if (closed) {
            return Optional.of(closing());
          }
          var forecast = forecast();
          var refusal =
              admission.refusal(
                  task.lane(), lanes.waiting(), forecast, task.deadline().remainingNanos());
          if (refusal.isEmpty()) {
            task.startsAtOnce(forecast.startsAtOnce(lanes.waiting().ahead(task.lane())));
            lanes.add(task);
            changed.signal();
          }
          return refusal;
        });
  }

  /// Waits for the next turn; empty once the queue is closed and nothing is left in it. Unless the
  /// task comes up too late, the worker counts as busy until it calls [#end].
  Optional<Turn> take(int worker) {
    return locked(
        () -> {
          while (lanes.isEmpty() && !closed) {
            changed.awaitUninterruptibly();
          }
          return lanes.removeNext().map(task -> turn(worker, task));
        });
  }

  /// Marks a worker idle and returns for how many nanoseconds it was busy.
  long end(int worker) {
    return locked(
        () -> {
          long nanos = running.end(worker, nanoTime.getAsLong());
          serviceTime.record(nanos);
          return nanos;
        });
  }

  /// Takes a task out; false when it waits no longer.
  boolean withdraw(PendingTask<?> task) {
    return locked(() -> lanes.remove(task));
  }

  /// The refusal of a task that was let in and has turned out to be late.
  Rejection late(QueuePriority lane) {
    long patience = settings.maxWait().toNanos();
    return locked(() -> admission.late(lane, lanes.waiting(), forecast(), patience));
  }

  /// Rejects every task that arrives or waits after the shutdown.
  Rejection closing() {
    return new Rejection(Rejection.Reason.SHUTTING_DOWN, settings.maxWait());
  }

  /// Admits no more tasks. Workers continue until the queue is empty.
  void close() {
    locked(
        () -> {
          closed = true;
          changed.signalAll();
          return closed;
        });
  }

  /// Takes out all that waits.
  List<PendingTask<?>> removeAll() {
    return locked(lanes::removeAll);
  }

  WorkerPool.Load load() {
    return locked(
        () ->
            new WorkerPool.Load(
                lanes.waiting().regular(),
                lanes.waiting().deferred(),
                running.count(),
                Duration.ofNanos(serviceTime.nanos())));
  }

  private Turn turn(int worker, PendingTask<?> task) {
    boolean late = task.isLate(serviceTime.nanos());
    if (!late) {
      running.begin(worker, nanoTime.getAsLong());
    }
    return new Turn(task, late);
  }

  private WaitEstimate forecast() {
    return new WaitEstimate(
        settings.workers(), serviceTime.nanos(), running.elapsed(nanoTime.getAsLong()));
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// A task whose turn has come.
  ///
  /// @param late whether it could not end in time any more
  record Turn(PendingTask<?> task, boolean late) {}
}
