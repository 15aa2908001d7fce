package dev.gatehouse.app.health;

/// Looks whether something this instance depends on answers. May block, but for no longer than its own
/// time-out; called by one thread at a time.
@FunctionalInterface
public interface HealthCheck {
  /// Returns when it answers, throws when it does not.
  void run();
}
