package dev.gatehouse.api.health;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How an instance is.
///
/// @param checks each check's name and whether it succeeded, sorted by name
public record HealthReport(Status status, Map<String, Boolean> checks) {
  /// The sum of it.
  public enum Status {
    /// Not yet able to serve: send none for now.
    STARTING,
    /// Send requests.
    UP,
    /// Something is missing: send none for now.
    DOWN,
    /// About to stop: send no more.
    DRAINING
  }

  /// Alive, and nothing looked at.
  static final HealthReport ALIVE = new HealthReport(Status.UP, Map.of());

  /// Still starting, and nothing looked at.
  static final HealthReport COMING = new HealthReport(Status.STARTING, Map.of());

  /// About to stop, and nothing looked at.
  static final HealthReport LEAVING = new HealthReport(Status.DRAINING, Map.of());

  public HealthReport {
    checks = Collections.unmodifiableMap(new TreeMap<>(checks));
  }

  /// What the outcome of these checks amounts to.
  ///
  /// @param dispensable names of checks that are only shown
  static HealthReport of(Map<String, Boolean> checks, Set<String> dispensable) {
    boolean down =
        checks.entrySet().stream()
            .anyMatch(check -> !check.getValue() && !dispensable.contains(check.getKey()));
    return new HealthReport(down ? Status.DOWN : Status.UP, checks);
  }

  /// Whether to send requests.
  public boolean ready() {
    return status == Status.UP;
  }
}
