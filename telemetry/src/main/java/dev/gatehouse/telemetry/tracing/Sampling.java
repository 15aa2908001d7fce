package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.http.TraceContext;

/// Which requests are recorded, by the rules of `OTEL_TRACES_SAMPLER`. Immutable.
///
/// @param ratio the share of traces that are recorded, from 0 to 1; decided by the trace's id, so
///     that every service that goes by the same share decides alike
/// @param parentDecides whether a client that names a trace decides for us
public record Sampling(double ratio, boolean parentDecides) {
  /// Records what the client records, and everything no one decided about.
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

  /// Whether a trace with such an id is recorded when no one has decided.
  boolean includes(long traceIdLow) {
    if (ratio >= 1) {
      return true;
    }
    return (traceIdLow & Long.MAX_VALUE) < (long) (ratio * Long.MAX_VALUE);
  }
}
