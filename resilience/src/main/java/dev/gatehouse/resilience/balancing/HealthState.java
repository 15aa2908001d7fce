package dev.gatehouse.resilience.balancing;

/// Whether an instance takes part. Immutable; changed under the balancer's lock only.
sealed interface HealthState {
  /// How often it was ejected of late.
  int ejections();

  /// Takes part.
  ///
  /// @param since when it joined or returned, on the monotonic clock
  /// @param warming whether it began with a small share
  record Serving(long since, boolean warming, int ejections) implements HealthState {}

  /// Is out.
  ///
  /// @param until when it returns, on the monotonic clock
  record Ejected(long until, int ejections) implements HealthState {}
}
