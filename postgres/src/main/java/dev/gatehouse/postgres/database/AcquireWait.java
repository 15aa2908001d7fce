package dev.gatehouse.postgres.database;

import dev.gatehouse.resilience.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How long one caller waits for a connection: the acquire timeout, counted from its start or from
/// the last moment at which the pool was seen growing, 2 s in all. So a pool that grows serves what
/// a full one serves. For one thread.
final class AcquireWait {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /// How long the end of the growth, or a server that hangs, may go unseen.
  private static final long CHECK = Duration.ofMillis(50).toNanos();

  private final BooleanSupplier growing;
  private final long timeout;
  private final long start = System.nanoTime();
  private final long longest;
  private long extended;

  /// @param timeout the acquire timeout
  /// @param deadline ends the wait in any case
  /// @param growing whether connections are being opened that the caller may get
  AcquireWait(Duration timeout, Deadline deadline, BooleanSupplier growing) {
    this.growing = growing;
    Duration most = timeout.compareTo(LONGEST) < 0 ? LONGEST : timeout;
    this.longest = deadline.remainingAtMost(most).toNanos();
    this.timeout = Math.min(timeout.toNanos(), longest);
  }

  long elapsed() {
    return System.nanoTime() - start;
  }

  /// What is left of the wait, or of the time until the next look at the pool; zero or less when
  /// the wait is over.
  long slice() {
    long elapsed = elapsed();
    if (elapsed < timeout) {
      return timeout - elapsed;
    }
    if (growing.getAsBoolean()) {
      extended = elapsed;
    }
    long end = extended == 0 ? timeout : Math.min(extended + timeout, longest);
    return Math.min(CHECK, end - elapsed);
  }
}
