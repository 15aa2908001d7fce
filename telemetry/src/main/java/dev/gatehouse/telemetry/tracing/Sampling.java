package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.http.observation.TraceContext;

/// Which requests are recorded, by the rules of `OTEL_TRACES_SAMPLER`. Immutable.
///
/// @param ratio the share of recorded traces, from 0 to 1; decided by the trace id, so that all
///     services with the same ratio record the same traces
/// @param parentDecides whether a client that sends a trace decides
public record Sampling(double ratio, boolean parentDecides) {
  /// Records what the client records, and everything without a decision.
  public static final Sampling STANDARD = new Sampling(1, true);

  public Sampling {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("not a share from 0 to 1: " + ratio);
    }
  }

  boolean includes(TraceContext request) {
    if (parentDecides && request.hasParent()) {
      return request.parentSampled();
    }
    return includes(request.traceIdLow());
  }

  /// Whether to record a trace with this id when the client has not decided.
  boolean includes(long traceIdLow) {
    if (ratio >= 1) {
      return true;
    }
    return (traceIdLow & Long.MAX_VALUE) < (long) (ratio * Long.MAX_VALUE);
  }
}
