package dev.gatehouse.resilience.periodic;

import java.time.Duration;

/// The state of a periodic task at one moment.
///
/// @param name unique among the tasks of a process
/// @param alive whether its thread runs
/// @param sinceSuccess time since its last successful turn, or since its start when none succeeded
///     yet
/// @param failures how many turns in a row have failed
public record PeriodicTaskStatus(String name, boolean alive, Duration sinceSuccess, int failures) {
  /// Whether the last turn failed.
  public boolean failing() {
    return failures > 0;
  }
}
