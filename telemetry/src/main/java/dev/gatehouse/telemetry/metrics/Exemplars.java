package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.http.TraceContext;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/// Tells histograms which trace the duration they are given belongs to. Only recorded traces are
/// named, since others cannot be looked up.
final class Exemplars implements SpanContext {
  private final ScopedValue<TraceContext> recorded = ScopedValue.newInstance();

  /// Does something with durations of a recorded trace.
  void of(TraceContext trace, Runnable work) {
    ScopedValue.where(recorded, trace).run(work);
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    return recorded.isBound() ? recorded.get().traceId() : null;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return recorded.isBound() ? recorded.get().spanId() : null;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return recorded.isBound();
  }

  @Override
  public void markCurrentSpanAsExemplar() {}
}
