package dev.gatehouse.app.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Whether this instance should be sent requests: after the start, before the stop, while what it
/// depends on answers. Checks are added during the start; the rest is thread-safe.
public final class Readiness {
  private static final Duration VALID = Duration.ofSeconds(1);

  private enum Phase {
    STARTING,
    OPEN,
    DRAINING
  }

  private final List<CachedCheck> checks = new ArrayList<>();
  private final LongSupplier nanos;
  private volatile Phase phase = Phase.STARTING;

  /// @param nanos the passing of time, as [System#nanoTime] tells it
  public Readiness(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Adds something this instance cannot work without. Its result holds for a second.
  public void require(String name, HealthCheck check) {
    checks.add(new CachedCheck(name, check, VALID, nanos));
  }

  /// The start is done.
  public void open() {
    phase = Phase.OPEN;
  }

  /// A stop was asked for: no new requests from here on. There is no way back.
  public void drain() {
    phase = Phase.DRAINING;
  }

  /// What `/ready` answers.
  public HealthReport report() {
    return switch (phase) {
      case STARTING -> HealthReport.of("lifecycle", "starting");
      case DRAINING -> HealthReport.of("lifecycle", "draining");
      case OPEN -> checked();
    };
  }

  private HealthReport checked() {
    var results = new TreeMap<String, String>();
    boolean ready = true;
    for (CachedCheck check : checks) {
      boolean passes = check.passes();
      ready &= passes;
      results.put(check.name(), passes ? HealthReport.OK : HealthReport.UNAVAILABLE);
    }
    return new HealthReport(ready, results);
  }
}
