package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.http.observation.RequestSpan;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.http.observation.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/// The spans of requests as the server sees them.
final class RequestSpans implements RequestTracer {
  private static final int FIRST_SERVER_ERROR = 500;
  private static final String NO_ROUTE = "other";

  private final Sampling sampling;
  private final Spans spans;
  private final PreparedIds ids;

  RequestSpans(Sampling sampling, Spans spans, PreparedIds ids) {
    this.sampling = sampling;
    this.spans = spans;
    this.ids = ids;
  }

  @Override
  public @Nullable RequestSpan begin(TraceContext context) {
    return sampling.includes(context) ? new Recorded(begun(context)) : null;
  }

  private Span begun(TraceContext context) {
    Context parent = context.parentSpanId().map(id -> remote(context, id)).orElse(Context.root());
    return ids.of(context, () -> spans.under(parent, "HTTP", SpanKind.SERVER).startSpan());
  }

  private static Context remote(TraceContext context, String parentSpanId) {
    var flags = context.parentSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
    var parent =
        SpanContext.createFromRemoteParent(
            context.traceId(), parentSpanId, flags, TraceStateParser.of(context.state()));
    return Context.root().with(Span.wrap(parent));
  }

  private final class Recorded implements RequestSpan {
    private final Span span;

    Recorded(Span span) {
      this.span = span;
    }

    @Override
    public <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
      return spans.in(span, work);
    }

    @Override
    public void end(Ending ending) {
      boolean routed = !ending.template().equals(NO_ROUTE);
      String verb = KnownMethod.verb(ending.method());
      span.updateName(routed ? verb + ' ' + ending.template() : verb);
      span.setAttribute(SemanticAttributes.METHOD, KnownMethod.of(ending.method()));
      span.setAttribute(SemanticAttributes.URL_SCHEME, ending.scheme());
      span.setAttribute(
          SemanticAttributes.URL_PATH, RedactedPath.of(ending.path(), ending.template()));
      if (routed) {
        span.setAttribute(SemanticAttributes.ROUTE, ending.template());
      }
      span.setAttribute(SemanticAttributes.CLIENT_ADDRESS, ending.client());
      span.setAttribute(SemanticAttributes.STATUS, ending.status());
      if (ending.status() >= FIRST_SERVER_ERROR) {
        span.setAttribute(SemanticAttributes.ERROR_TYPE, Integer.toString(ending.status()));
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }
}
