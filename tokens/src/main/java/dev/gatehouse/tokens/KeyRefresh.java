package dev.gatehouse.tokens;

import dev.gatehouse.errors.GatehouseException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the refresh of keys on its own thread: at a fixed rhythm, and soon when someone has met a
/// key unknown here. However often that is, refreshes keep a minimum distance and never overlap.
/// Thread-safe.
final class KeyRefresh implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyRefresh.class);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(6);

  private final Runnable refresh;
  private final Duration minimumDistance;
  private final LongSupplier nanoTime;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor scheduler;
  private volatile long startedAt;

  KeyRefresh(Runnable refresh, Duration rhythm, Duration minimumDistance, LongSupplier nanoTime) {
    this.refresh = refresh;
    this.minimumDistance = minimumDistance;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.scheduler =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("key-refresh").factory(), new DiscardPolicy());
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::run, rhythm.toMillis(), rhythm.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Asks for a refresh soon, unless there was one just now. Returns at once.
  void soon() {
    boolean justNow = nanoTime.getAsLong() - startedAt < minimumDistance.toNanos();
    if (!justNow && asked.compareAndSet(false, true)) {
      scheduler.execute(this::run);
    }
  }

  private void run() {
    startedAt = nanoTime.getAsLong();
    asked.set(false);
    try {
      refresh.run();
    } catch (GatehouseException failed) {
      log.warn(
          "Signing keys not refreshed, going on with those known: {}", failed.getMessage(), failed);
    } catch (RuntimeException unexpected) {
      log.error("Signing keys not refreshed, going on with those known", unexpected);
    }
  }

  /// Stops refreshing; waits for one under way, which the store's time-outs bound.
  @Override
  public void close() {
    scheduler.shutdownNow();
    try {
      if (!scheduler.awaitTermination(CLOSING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The refresh of signing keys does not end; leaving it behind");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
