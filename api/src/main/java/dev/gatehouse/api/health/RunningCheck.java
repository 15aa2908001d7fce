package dev.gatehouse.api.health;

import dev.gatehouse.resilience.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one check, round after round, and logs when its outcome changes. A run that does not heed
/// its interrupt keeps further ones from starting, so that a dead dependency collects no threads.
/// Used by one round at a time.
final class RunningCheck {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);

  private final HealthCheck check;
  private final AtomicBoolean busy = new AtomicBoolean();
  private CompletableFuture<Boolean> outcome = CompletableFuture.completedFuture(true);
  private Deadline deadline = Deadline.never();
  private Thread thread = Thread.ofVirtual().unstarted(() -> {});
  private boolean failing;

  RunningCheck(HealthCheck check) {
    this.check = check;
  }

  String name() {
    return check.name();
  }

  void start() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    var next = new CompletableFuture<Boolean>();
    outcome = next;
    deadline = Deadline.after(check.timeout());
    Deadline bound = deadline;
    thread =
        Thread.ofVirtual().name("check-" + check.name()).start(() -> bound.run(() -> run(next)));
  }

  private void run(CompletableFuture<Boolean> next) {
    try {
      check.probe().run();
      busy.set(false);
      next.complete(true);
    } catch (Throwable failure) {
      busy.set(false);
      next.completeExceptionally(failure);
    }
  }

  /// Waits for the run just started, at most for its time-out.
  boolean succeeded() {
    try {
      outcome.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
      if (failing) {
        log.info("{} works again", check.name());
      }
      failing = false;
      return true;
    } catch (ExecutionException failed) {
      return failed(failed);
    } catch (TimeoutException late) {
      thread.interrupt();
      return failed(late);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return failed(stopping);
    }
  }

  private boolean failed(Throwable cause) {
    if (!failing) {
      log.warn("{} fails its check", check.name(), cause);
    }
    failing = true;
    return false;
  }
}
