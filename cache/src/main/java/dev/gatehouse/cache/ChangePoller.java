package dev.gatehouse.cache;

import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Polls the feed of changes four times a second. The first poll covers the lifetime of entries in
/// the far tier; a longer gap clears the near tier.
final class ChangePoller implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMillis(250);

  private final ChangeFeed feed;
  private final Consumer<Change> changed;
  private final Runnable missed;
  private final Freshness freshness;
  private final Duration memory;
  private final LongSupplier nanoTime;
  private final PeriodicTasks tasks;
  private @Nullable PeriodicTask task;
  private @Nullable Long lastRead;

  /// @param changed receives every change, possibly repeatedly
  /// @param missed is called after a gap longer than the memory
  /// @param memory how far back changes are relevant
  ChangePoller(
      ChangeFeed feed,
      Consumer<Change> changed,
      Runnable missed,
      Freshness freshness,
      Duration memory,
      LongSupplier nanoTime,
      PeriodicTasks tasks) {
    this.feed = feed;
    this.changed = changed;
    this.missed = missed;
    this.freshness = freshness;
    this.memory = memory;
    this.nanoTime = nanoTime;
    this.tasks = tasks;
  }

  /// Starts polling.
  void start() {
    task = tasks.task("user-changes").every(INTERVAL).start(this::read);
  }

  /// Polls once.
  void read() {
    long started = nanoTime.getAsLong();
    if (lastRead != null && started - lastRead > memory.toNanos()) {
      missed.run();
    }
    feed.read(memory, changed);
    lastRead = started;
    freshness.heardOfAllBefore(started);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
