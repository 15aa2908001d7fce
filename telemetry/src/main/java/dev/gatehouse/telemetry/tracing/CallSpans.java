package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.discovery.DiscoveryListener.Call;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/// The spans of HTTP calls by this process, which propagate the trace.
final class CallSpans {
  private static final int FIRST_ERROR = 400;

  private final Sampling sampling;
  private final Spans spans;

  CallSpans(Sampling sampling, Spans spans) {
    this.sampling = sampling;
    this.spans = spans;
  }

  /// Starts a call, within the current span of the thread or as a new trace.
  Call calling(String method, URI url, BiConsumer<String, String> header) {
    Span caller = spans.current();
    if (caller == null && !sampling.includes(ThreadLocalRandom.current().nextLong())) {
      return Call.NONE;
    }
    Context parent = caller == null ? Context.root() : Context.root().with(caller);
    Span span =
        spans
            .under(parent, method, SpanKind.CLIENT)
            .setAttribute(SemanticAttributes.METHOD, method)
            .setAttribute(SemanticAttributes.SERVER_ADDRESS, url.getHost())
            .setAttribute(SemanticAttributes.SERVER_PORT, (long) port(url))
            .setAttribute(SemanticAttributes.URL_FULL, url.toString())
            .startSpan();
    header.accept("traceparent", Spans.traceparent(span));
    return new Recorded(span);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? 443 : 80;
  }

  private record Recorded(Span span) implements Call {
    @Override
    public void responded(int status) {
      span.setAttribute(SemanticAttributes.STATUS, status);
      if (status >= FIRST_ERROR) {
        span.setAttribute(SemanticAttributes.ERROR_TYPE, Integer.toString(status));
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }

    @Override
    public void failed(Throwable failure) {
      Spans.fail(span, failure);
    }
  }
}
