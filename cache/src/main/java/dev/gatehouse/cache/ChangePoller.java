package dev.gatehouse.cache;

import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.errors.Unavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the feed of changes over and over, four times a second. The first reading goes back as far
/// as entries of the far tier can be old; a gap longer than that empties the near tier.
final class ChangePoller implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Logger log = LoggerFactory.getLogger(ChangePoller.class);

  private final ChangeFeed feed;
  private final Consumer<Change> changed;
  private final Runnable missed;
  private final Freshness freshness;
  private final Duration memory;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService thread;
  private @Nullable Long lastRead;
  private boolean failing;

  /// @param changed is notified of every change, some of them repeatedly
  /// @param missed is called after a gap longer than the memory
  /// @param memory how far back changes matter
  ChangePoller(
      ChangeFeed feed,
      Consumer<Change> changed,
      Runnable missed,
      Freshness freshness,
      Duration memory,
      LongSupplier nanoTime) {
    this.feed = feed;
    this.changed = changed;
    this.missed = missed;
    this.freshness = freshness;
    this.memory = memory;
    this.nanoTime = nanoTime;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cache-changes").factory());
  }

  /// Begins to read.
  void start() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::readAndLog, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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
    thread.shutdownNow();
  }

  private void readAndLog() {
    try {
      read();
      failing = false;
    } catch (Unavailable away) {
      logOnce(away);
    } catch (RuntimeException | Error fault) {
      log.error("The changes cannot be read; cached values are asked for again meanwhile", fault);
    }
  }

  private void logOnce(Unavailable away) {
    if (!failing) {
      log.warn("The store does not tell what changed; cached values serve only an outage", away);
    }
    failing = true;
  }
}
