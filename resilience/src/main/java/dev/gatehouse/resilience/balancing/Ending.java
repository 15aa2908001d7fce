package dev.gatehouse.resilience.balancing;

/// How a call ended.
enum Ending {
  SUCCEEDED,
  FAILED,
  /// Says nothing about the instance.
  ABANDONED
}
