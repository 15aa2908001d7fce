package dev.gatehouse.app.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of the running program in the order in which they were started. They are closed last
/// in, first out; one that fails or hangs is logged and does not keep the others from being closed.
/// Starting and closing belong to one thread.
public final class Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<Started> started = new ArrayDeque<>();
  private final List<Announcement> announcements = new ArrayList<>();
  private final Deque<Started> announced = new ArrayDeque<>();
  private final LongSupplier nanos;

  /// @param nanos the passing of time, as [System#nanoTime] tells it
  public Lifecycle(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Started(String name, AutoCloseable closeable) {}

  private record Announcement(String name, Callable<? extends AutoCloseable> start) {}

  /// Starts a part and remembers to close it.
  ///
  /// @param name completes the sentence "... did not start"
  /// @throws StartFailure when it throws
  public <P extends AutoCloseable> P start(String name, Callable<P> part) {
    P running = attempt(name, part);
    started.push(new Started(name, running));
    return running;
  }

  /// Remembers something to be started once all is ready: it makes the program known to others.
  public void whenReady(String name, Callable<? extends AutoCloseable> announcement) {
    announcements.add(new Announcement(name, announcement));
  }

  /// Makes the program known.
  ///
  /// @throws StartFailure when that throws
  void announce() {
    for (Announcement each : announcements) {
      announced.push(new Started(each.name(), attempt(each.name(), each.start())));
    }
  }

  /// Takes back what [#announce()] did, while everything still works.
  ///
  /// @return whether that was done in time and without an error
  boolean withdraw(Duration patience) {
    return closeAll(announced, patience);
  }

  /// Does something that belongs to the start and leaves nothing to close.
  ///
  /// @throws StartFailure when it throws
  public <T> T attempt(String name, Callable<T> step) {
    try {
      return step.call();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StartFailure(name, interrupted);
    } catch (Exception failure) {
      throw new StartFailure(name, failure);
    }
  }

  /// Closes every part. Each may use three quarters of the time that is left, the last one all of
  /// it, so that one slow part cannot take the time of those below it.
  ///
  /// @return whether every part was closed in time and without an error
  public boolean close(Duration grace) {
    return closeAll(started, grace);
  }

  private boolean closeAll(Deque<Started> parts, Duration grace) {
    long end = nanos.getAsLong() + grace.toNanos();
    boolean clean = true;
    while (!parts.isEmpty()) {
      Started part = parts.pop();
      long left = Math.max(0, end - nanos.getAsLong());
      clean &= close(part, parts.isEmpty() ? left : left / 4 * 3);
    }
    return clean;
  }

  private static boolean close(Started part, long nanoseconds) {
    var closing =
        new FutureTask<>(
            () -> {
              part.closeable().close();
              return true;
            });
    Thread thread = Thread.ofPlatform().name("close " + part.name()).daemon().start(closing);
    try {
      if (!thread.join(Duration.ofNanos(nanoseconds))) {
        thread.interrupt();
        long waited = TimeUnit.NANOSECONDS.toMillis(nanoseconds);
        log.error("{} was not closed within {} ms", part.name(), waited);
        return false;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      log.error("Closing of {} was interrupted", part.name());
      return false;
    }
    if (closing.state() == Future.State.FAILED) {
      log.error("{} failed to close", part.name(), closing.exceptionNow());
      return false;
    }
    return true;
  }
}
