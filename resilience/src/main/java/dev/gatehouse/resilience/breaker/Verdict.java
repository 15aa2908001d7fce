package dev.gatehouse.resilience.breaker;

/// How a call that was let pass ended.
enum Verdict {
  SUCCEEDED,
  /// Answered late, or not while the caller could wait.
  SUCCEEDED_SLOWLY,
  FAILED,
  FAILED_SLOWLY,
  /// Says nothing about the other side: the caller stopped, or never sent anything.
  ABANDONED;

  static Verdict of(boolean failed, boolean slow) {
    if (failed) {
      return slow ? FAILED_SLOWLY : FAILED;
    }
    return slow ? SUCCEEDED_SLOWLY : SUCCEEDED;
  }
}
