package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.http.observation.TraceContext;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/// Attaches the trace of a duration to histograms. Only recorded traces are attached, since others
/// cannot be looked up.
final class Exemplars implements SpanContext {
  private final ScopedValue<TraceContext> recorded = ScopedValue.newInstance();

  /// Records durations of a trace.
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
