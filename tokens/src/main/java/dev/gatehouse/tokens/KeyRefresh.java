package dev.gatehouse.tokens;

import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Refreshes the keys in the background: at a fixed interval, and soon after an unknown key was
/// found. Refreshes keep a minimum distance and never overlap. Thread-safe.
final class KeyRefresh implements AutoCloseable {
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(6);

  private final Runnable refresh;
  private final Duration minimumDistance;
  private final LongSupplier nanoTime;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final PeriodicTask task;
  private volatile long startedAt;

  KeyRefresh(
      Runnable refresh,
      Duration interval,
      Duration minimumDistance,
      LongSupplier nanoTime,
      PeriodicTasks tasks) {
    this.refresh = refresh;
    this.minimumDistance = minimumDistance;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.task =
        tasks
            .task("key-refresh")
            .every(interval)
            .delayed()
            .finishWithin(CLOSING_PATIENCE)
            .start(this::run);
  }

  /// Requests a refresh soon, unless one has just happened. Returns at once.
  void soon() {
    boolean justNow = nanoTime.getAsLong() - startedAt < minimumDistance.toNanos();
    if (!justNow && asked.compareAndSet(false, true)) {
      task.wake();
    }
  }

  private void run() {
    startedAt = nanoTime.getAsLong();
    asked.set(false);
    refresh.run();
  }

  /// Stops refreshing and waits for a refresh in progress, which the timeouts of the store bound.
  @Override
  public void close() {
    task.close();
  }
}
