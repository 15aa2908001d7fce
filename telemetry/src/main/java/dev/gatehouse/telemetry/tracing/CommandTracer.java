package dev.gatehouse.telemetry.tracing;

import io.lettuce.core.tracing.TraceContext;
import io.lettuce.core.tracing.Tracer;
import io.opentelemetry.api.trace.SpanKind;

/// Makes the spans of Redis' commands, called by Lettuce on its own threads.
final class CommandTracer extends Tracer {
  private final Spans spans;

  CommandTracer(Spans spans) {
    this.spans = spans;
  }

  @Override
  public Span nextSpan() {
    return new CommandSpan(null);
  }

  @Override
  public Span nextSpan(TraceContext context) {
    return context instanceof RedisSpans.Caller caller && caller.span() != null
        ? new CommandSpan(spans.beneath(caller.span(), "redis", SpanKind.CLIENT))
        : nextSpan();
  }
}
