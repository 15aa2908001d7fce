package dev.gatehouse.resilience.periodic;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Work that is repeated on one virtual thread until the task is closed. Whatever a turn throws,
/// also an error such as memory running out, the next turn follows. An outage, one or more failed
/// turns in a row, is reported once, and so is its end. Thread-safe.
public final class PeriodicTask implements AutoCloseable {
  /// When even waiting fails, such as for want of memory.
  private static final Duration LAST_RESORT = Duration.ofSeconds(1);

  private final PeriodicTaskBuilder settings;
  private final PeriodicTasks tasks;
  private final PeriodicTaskListener listener;
  private final Work work;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private volatile long lastSuccess;
  private volatile int failures;
  private long failingSince;

  PeriodicTask(PeriodicTaskBuilder settings, Work work) {
    this.settings = settings;
    this.tasks = settings.tasks;
    this.listener = new GuardedTaskListener(settings.listener);
    this.work = work;
    this.thread = Thread.ofVirtual().name(settings.name).unstarted(this::runUntilClosed);
    this.lastSuccess = tasks.nanoTime();
  }

  /// One turn.
  @FunctionalInterface
  public interface Work {
    /// Does the work once. It may wait, bounded, and is interrupted when the task is closed.
    ///
    /// @throws Exception when the turn failed; anything else thrown counts the same
    void run() throws Exception;
  }

  String name() {
    return settings.name;
  }

  void start() {
    thread.start();
  }

  /// Ends the present wait, or, when a turn is under way, has another one follow at once.
  public void wake() {
    wake.release();
  }

  /// Whether the task was closed, which its work can see between two steps.
  public boolean closed() {
    return closed;
  }

  /// The state at this moment.
  public PeriodicTaskStatus status() {
    var sinceSuccess = Duration.ofNanos(tasks.nanoTime() - lastSuccess);
    boolean alive = thread.getState() != Thread.State.TERMINATED;
    return new PeriodicTaskStatus(settings.name, alive, sinceSuccess, failures);
  }

  /// Ends the task: waits for a turn under way as long as it was given to finish, interrupts it,
  /// and waits for the thread to end, bounded. Further calls have no effect beyond the wait.
  @Override
  public void close() {
    end();
    wake.release();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      if (thread.join(settings.finish)) {
        return;
      }
      thread.interrupt();
      if (!thread.join(settings.stop)) {
        listener.leftRunning(settings.name);
      }
    } catch (InterruptedException hurried) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    closed = true;
    tasks.forget(this);
  }

  private void runUntilClosed() {
    Duration wait = settings.delayed ? settings.interval : Duration.ZERO;
    while (!closed) {
      wait = waitAndRun(wait);
    }
  }

  /// Throws nothing, also when waiting or reporting fails.
  ///
  /// @return how long to wait before the next turn
  private Duration waitAndRun(Duration wait) {
    try {
      pause(wait);
      return closed ? Duration.ZERO : turn();
    } catch (InterruptedException closedOrStray) {
      return Duration.ZERO;
    } catch (Throwable unexpected) {
      pauseAsLastResort();
      return Duration.ZERO;
    }
  }

  private Duration turn() {
    long began = tasks.nanoTime();
    try {
      work.run();
    } catch (Throwable failure) {
      return failed(failure);
    }
    return succeeded(began);
  }

  private Duration succeeded(long began) {
    long now = tasks.nanoTime();
    int failed = failures;
    lastSuccess = now;
    failures = 0;
    if (settings.untilSuccess) {
      end();
    }
    if (failed > 0) {
      settings.recovered.run();
      listener.outageEnded(settings.name, failed, Duration.ofNanos(now - failingSince));
    }
    return settings.fromStart ? settings.interval.minusNanos(now - began) : settings.interval;
  }

  /// What a close interrupts is no outage.
  private Duration failed(Throwable failure) {
    if (closed) {
      return Duration.ZERO;
    }
    int before = failures;
    failures = before + 1;
    if (before == 0) {
      failingSince = tasks.nanoTime();
      listener.outageBegan(settings.name, failure);
    } else {
      listener.stillFailing(settings.name, failure, before + 1);
    }
    return settings.whileFailing.get();
  }

  private void pause(Duration wait) throws InterruptedException {
    if (closed) {
      return;
    }
    // An interrupt that came from elsewhere must not cut the wait short.
    boolean _ = Thread.interrupted();
    if (wait.isPositive()) {
      boolean _ = tasks.pause().await(wake, tasks.jittered(wait, settings.jitter));
    }
    int _ = wake.drainPermits();
  }

  private static void pauseAsLastResort() {
    try {
      LockSupport.parkNanos(LAST_RESORT.toNanos());
    } catch (RuntimeException | Error outOfMemory) {
      Thread.onSpinWait();
    }
  }
}
