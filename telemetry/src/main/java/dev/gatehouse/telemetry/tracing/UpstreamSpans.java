package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.gateway.UpstreamListener;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.telemetry.metrics.OutcomeLabel;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/// The spans of the gateway's attempts at instances, children of the request. They propagate the
/// trace.
final class UpstreamSpans implements UpstreamListener {
  private static final int FIRST_ERROR = 400;

  private final Spans spans;

  UpstreamSpans(Spans spans) {
    this.spans = spans;
  }

  @Override
  public AttemptListener began(Instance instance, String method, int before) {
    Span request = spans.current();
    if (request == null) {
      return AttemptListener.NONE;
    }
    SpanBuilder span =
        spans
            .beneath(request, KnownMethod.verb(method), SpanKind.CLIENT)
            .setAttribute(SemanticAttributes.METHOD, KnownMethod.of(method))
            .setAttribute(SemanticAttributes.SERVER_ADDRESS, instance.host())
            .setAttribute(SemanticAttributes.SERVER_PORT, (long) instance.port())
            // The gateway has no routes, and a path may contain personal data.
            .setAttribute(
                SemanticAttributes.URL_FULL, "http://" + instance.address() + "/REDACTED");
    if (before > 0) {
      span.setAttribute(SemanticAttributes.RESEND_COUNT, (long) before);
    }
    return new Recorded(span.startSpan());
  }

  private record Recorded(Span span) implements AttemptListener {
    @Override
    public Optional<String> traceparent() {
      return Optional.of(Spans.traceparent(span));
    }

    @Override
    public void responded(int status) {
      span.setAttribute(SemanticAttributes.STATUS, (long) status);
      if (status >= FIRST_ERROR) {
        span.setAttribute(SemanticAttributes.ERROR_TYPE, Integer.toString(status));
        span.setStatus(StatusCode.ERROR);
      }
    }

    @Override
    public void ended(CallResult result) {
      switch (result) {
        case SUCCESS, ERROR, REFUSED -> {}
        case SATURATED, UNREACHABLE, BROKEN, TIMEOUT, CANCELLED -> {
          span.setAttribute(SemanticAttributes.ERROR_TYPE, OutcomeLabel.of(result));
          span.setStatus(StatusCode.ERROR);
        }
      }
      span.end();
    }
  }
}
