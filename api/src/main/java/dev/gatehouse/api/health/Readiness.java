package dev.gatehouse.api.health;

import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// Whether this instance should be sent requests. However often it is asked, the checks run at most
/// once a second and never twice at once, so that probing is no way to load what they probe.
/// Thread-safe.
public final class Readiness {
  private static final Duration FRESH_FOR = Duration.ofSeconds(1);

  /// One round of checks, done or under way.
  private record Round(long startedAt, CompletableFuture<HealthReport> report) {}

  private enum Phase {
    STARTING,
    OPEN,
    DRAINING
  }

  private final List<RunningCheck> checks = new CopyOnWriteArrayList<>();
  private final Set<String> dispensable = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanoTime;
  private Round latest;
  private volatile Phase phase = Phase.STARTING;

  /// Begins as that of an instance that is starting.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public Readiness(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    var never = CompletableFuture.completedFuture(HealthReport.ALIVE);
    latest = new Round(nanoTime.getAsLong() - FRESH_FOR.toNanos(), never);
  }

  /// Adds something that must be well from now on.
  public void require(HealthCheck check) {
    checks.add(new RunningCheck(check));
  }

  /// Adds something that is looked at and shown, and without which an instance can serve all the
  /// same.
  public void mention(HealthCheck check) {
    checks.add(new RunningCheck(check));
    dispensable.add(check.name());
  }

  /// The start is done. Has no effect when the instance is stopping already.
  public synchronized void open() {
    if (phase == Phase.STARTING) {
      phase = Phase.OPEN;
    }
  }

  /// Turns readiness off for good: the instance is about to stop.
  public synchronized void drain() {
    phase = Phase.DRAINING;
  }

  /// How things are now, or were within the last second. Waits for a round of checks at most as
  /// long as the longest may take and the current deadline allows.
  ///
  /// @throws Unavailable `DEADLINE_EXCEEDED`
  public HealthReport report() {
    return switch (phase) {
      case STARTING -> HealthReport.COMING;
      case DRAINING -> HealthReport.LEAVING;
      case OPEN -> looked();
    };
  }

  /// How the instance itself is: started, and not about to stop. What it depends on counts for
  /// nothing here, and no one is asked; returns at once.
  public HealthReport own() {
    return switch (phase) {
      case STARTING -> HealthReport.COMING;
      case DRAINING -> HealthReport.LEAVING;
      case OPEN -> HealthReport.ALIVE;
    };
  }

  private HealthReport looked() {
    HealthReport report = await(round().report());
    return phase == Phase.DRAINING ? HealthReport.LEAVING : report;
  }

  private synchronized Round round() {
    long now = nanoTime.getAsLong();
    boolean fresh = now - latest.startedAt() < FRESH_FOR.toNanos();
    if (fresh || !latest.report().isDone()) {
      return latest;
    }
    var next = new Round(now, new CompletableFuture<>());
    latest = next;
    // On its own thread: anyone who asked first may be interrupted, the others still want to
    // know.
    Thread.ofVirtual().name("readiness").start(() -> next.report().complete(runAll()));
    return next;
  }

  private HealthReport runAll() {
    checks.forEach(RunningCheck::start);
    var outcomes = new LinkedHashMap<String, Boolean>();
    checks.forEach(check -> outcomes.put(check.name(), check.succeeded()));
    return HealthReport.of(outcomes, dispensable);
  }

  private static HealthReport await(CompletableFuture<HealthReport> report) {
    try {
      return report.get(Deadline.current().remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw Unavailable.deadlineExceeded();
    } catch (TimeoutException late) {
      throw Unavailable.deadlineExceeded();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
