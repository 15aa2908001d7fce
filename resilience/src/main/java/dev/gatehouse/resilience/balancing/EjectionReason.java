package dev.gatehouse.resilience.balancing;

/// What an instance was ejected for.
public enum EjectionReason {
  /// Too many failures in a row.
  CONSECUTIVE_FAILURES,
  /// Too large a share of failures over the window.
  FAILURE_RATE
}
