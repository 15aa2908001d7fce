package dev.gatehouse.telemetry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/// Creates spans below the current one of the thread. The current span is a scoped value, so it
/// cannot outlive its scope. Thread-safe.
final class Spans {
  private final ScopedValue<Span> current = ScopedValue.newInstance();
  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /// The current span of the thread, null when it is not recorded.
  @Nullable Span current() {
    return current.isBound() ? current.get() : null;
  }

  /// Does work in a span.
  <T> T in(Span span, ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(current, span).call(work);
  }

  /// A builder for a child of another span.
  SpanBuilder beneath(Span parent, String name, SpanKind kind) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(Context.root().with(parent));
  }

  /// A builder for a span that starts a trace or continues the trace of a client.
  SpanBuilder under(Context parent, String name, SpanKind kind) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent);
  }

  /// The value of the header of this name, which propagates the trace of a recorded span.
  static String traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return "00-" + context.getTraceId() + '-' + context.getSpanId() + "-01";
  }

  /// Ends a span with a failure. Records only its type, since messages may contain input of users.
  static void fail(Span span, Throwable failure) {
    span.setAttribute(SemanticAttributes.ERROR_TYPE, failure.getClass().getName());
    span.setStatus(StatusCode.ERROR);
    span.end();
  }
}
