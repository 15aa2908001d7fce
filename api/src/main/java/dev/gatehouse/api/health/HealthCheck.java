package dev.gatehouse.api.health;

import java.time.Duration;

/// Something an instance cannot serve without.
///
/// @param name as it is shown, such as `database`
/// @param timeout how long it may take; then it counts as failed
/// @param probe finds out
public record HealthCheck(String name, Duration timeout, Probe probe) {
  /// Tries the thing out. Runs on its own virtual thread with
  /// [dev.gatehouse.resilience.Deadline] bound, and is interrupted at the time-out; never run twice
  /// at once.
  @FunctionalInterface
  public interface Probe {
    /// Returns when all is well.
    ///
    /// @throws Exception when it is not
    void run() throws Exception;
  }
}
