package dev.gatehouse.telemetry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/// Begins spans under the one this thread is working in. Threads hand the span on by what they
/// bind, not by what they set, so that none can be left behind. Thread-safe.
final class Spans {
  private final ScopedValue<Span> current = ScopedValue.newInstance();
  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /// The span this thread works in, null when that is not recorded.
  @Nullable Span current() {
    return current.isBound() ? current.get() : null;
  }

  /// Does something in a span.
  <T> T in(Span span, ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(current, span).call(work);
  }

  /// A span yet to be started, beneath another.
  SpanBuilder beneath(Span parent, String name, SpanKind kind) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(Context.root().with(parent));
  }

  /// A span yet to be started that begins a trace, or goes on with a client's.
  SpanBuilder under(Context parent, String name, SpanKind kind) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
  }

  /// The header of this name that carries the trace of a recorded span on.
  static String traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return "00-" + context.getTraceId() + '-' + context.getSpanId() + "-01";
  }

  /// Ends a span with what went wrong in it. Takes the kind of failure alone: messages may hold
  /// what users wrote.
  static void fail(Span span, Throwable failure) {
    span.setAttribute(SemanticAttributes.ERROR_TYPE, failure.getClass().getName());
    span.setStatus(StatusCode.ERROR);
    span.end();
  }
}
