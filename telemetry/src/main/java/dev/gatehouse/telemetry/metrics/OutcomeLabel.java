package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.resilience.CallResult;

/// The published names of results: the label `outcome` of metrics and the attribute `error.type` of
/// spans. Dashboards and alerts depend on them.
public final class OutcomeLabel {
  private OutcomeLabel() {}

  /// The name of a result.
  public static String of(CallResult result) {
    return switch (result) {
      case SUCCESS -> "answered";
      case ERROR -> "error";
      case TIMEOUT -> "late";
      case UNREACHABLE -> "unreachable";
      case REFUSED -> "unavailable";
      case CANCELLED -> "abandoned";
      case BROKEN -> "broken";
      case SATURATED -> "saturated";
    };
  }
}
