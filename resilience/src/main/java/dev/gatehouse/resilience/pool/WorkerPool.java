package dev.gatehouse.resilience.pool;

import dev.gatehouse.resilience.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// A fixed number of platform threads that do CPU-bound tasks for any number of callers. The queue
/// is bounded by time: a task that could not end within the time promised, or before its caller's
/// [Deadline], is refused on arrival, so that under overload the workers do nothing but work that
/// someone still waits for. [Admission] says how that is decided. Thread-safe.
public final class WorkerPool implements AutoCloseable {
  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final WorkerPoolSettings settings;
  private final WorkerPoolListener listener;
  private final LongSupplier nanoTime;
  private final TaskQueue queue;
  private final List<Thread> threads;

  /// Starts the workers.
  public WorkerPool(WorkerPoolSettings settings, WorkerPoolListener listener) {
    this(settings, listener, System::nanoTime);
  }

  /// Starts the workers.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public WorkerPool(
      WorkerPoolSettings settings, WorkerPoolListener listener, LongSupplier nanoTime) {
    this.settings = settings;
    this.listener = new GuardedListener(listener);
    this.nanoTime = nanoTime;
    this.queue = new TaskQueue(settings, nanoTime);
    this.threads = IntStream.range(0, settings.workers()).mapToObj(this::thread).toList();
    start();
  }

  /// Hands a task in. Returns at once; [PendingTask#await()] waits for the result.
  ///
  /// @param deadline when the caller stops waiting
  /// @throws TaskRejected at once, when the task would not end in time
  public <T> PendingTask<T> submit(
      QueuePriority lane, Deadline deadline, Callable<? extends T> work) {
    var turnBy = Deadline.after(settings.patience(), nanoTime).earlier(deadline);
    var task = new PendingTask<T>(this, work, lane, deadline, turnBy);
    var refusal = queue.offer(task);
    if (refusal.isPresent()) {
      throw rejected(refusal.get());
    }
    return task;
  }

  /// How busy the pool is at this moment.
  public Load load() {
    return queue.load();
  }

  /// Admits no more tasks, waits until the deadline for those in the queue, then rejects what still
  /// waits and interrupts what still runs. May be called again, by any thread; interrupting the
  /// caller brings the deadline forward.
  ///
  /// @return whether all workers have ended; one that ignores its interruption is given another
  ///     second, then left behind as a daemon thread
  public boolean shutdown(Deadline deadline) {
    queue.close();
    boolean interrupted = false;
    try {
      if (ended(deadline)) {
        return true;
      }
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    queue.removeAll().forEach(task -> task.reject(rejected(queue.closing())));
    threads.forEach(Thread::interrupt);
    try {
      return ended(Deadline.after(LAST_WAIT));
    } catch (InterruptedException hurry) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Shuts down; the time that was promised to admitted tasks is enough for them to finish.
  @Override
  public void close() {
    shutdown(Deadline.after(settings.patience()));
  }

  /// Takes a task out of the queue because no one waits for it; false when it waits no longer.
  boolean drop(PendingTask<?> task) {
    boolean waited = queue.withdraw(task);
    if (waited) {
      listener.dropped();
    }
    return waited;
  }

  /// Takes a task out of the queue because its turn will come too late.
  void rejectOverdue(PendingTask<?> task) {
    if (queue.withdraw(task)) {
      rejectLate(task);
    }
  }

  private void rejectLate(PendingTask<?> task) {
    task.reject(rejected(queue.late(task.lane())));
  }

  private TaskRejected rejected(Rejection rejection) {
    listener.rejected(rejection.reason());
    return new TaskRejected(rejection);
  }

  private void start() {
    try {
      threads.forEach(Thread::start);
    } catch (OutOfMemoryError noMoreThreads) {
      queue.close();
      throw noMoreThreads;
    }
  }

  private Thread thread(int worker) {
    return Thread.ofPlatform()
        .daemon()
        .name(settings.name() + "-" + (worker + 1))
        .unstarted(() -> work(worker));
  }

  /// A worker outlives whatever goes wrong around a task, such as memory running out.
  private void work(int worker) {
    boolean more = true;
    while (more) {
      try {
        more = workOnce(worker);
      } catch (RuntimeException | Error failure) {
        var thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
      }
    }
  }

  private boolean workOnce(int worker) {
    var turn = queue.take(worker);
    if (turn.isEmpty()) {
      return false;
    }
    var task = turn.get().task();
    if (turn.get().late()) {
      rejectLate(task);
    } else {
      run(worker, task);
    }
    return true;
  }

  /// Frees the worker before the outcome is known, so that a caller who comes back at once finds it
  /// idle.
  private void run(int worker, PendingTask<?> task) {
    Runnable makeOutcomeKnown = () -> {};
    try {
      makeOutcomeKnown = task.run();
    } finally {
      listener.completed(queue.end(worker));
      makeOutcomeKnown.run();
    }
  }

  private boolean ended(Deadline deadline) throws InterruptedException {
    for (Thread thread : threads) {
      if (!thread.join(deadline.remainingAtMost(Duration.ofDays(1)))) {
        return false;
      }
    }
    return true;
  }

  /// How busy a pool is.
  ///
  /// @param waiting how many regular tasks wait
  /// @param deferred how many deferred tasks wait
  /// @param running how many tasks run
  /// @param serviceTime how long a task takes on average
  public record Load(int waiting, int deferred, int running, Duration serviceTime) {
    /// How many tasks wait in all.
    public int queued() {
      return waiting + deferred;
    }
  }
}
