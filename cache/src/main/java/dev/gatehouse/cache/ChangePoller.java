package dev.gatehouse.cache;

import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the feed of changes over and over, four times a second. The first reading goes back as far
/// as entries of the far tier can be old; a gap longer than that empties the near tier.
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

  /// @param changed is notified of every change, some of them repeatedly
  /// @param missed is called after a gap longer than the memory
  /// @param memory how far back changes matter
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

  /// Begins to read.
  void start() {
    task = tasks.task("user-changes").every(INTERVAL).start(this::read);
  }

  /// Reads once.
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
