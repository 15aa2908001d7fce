package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

/// The spans of use cases, one for each route: the time between authentication and the response.
final class UseCaseSpans implements Filter {
  private final Spans spans;

  UseCaseSpans(Spans spans) {
    this.spans = spans;
  }

  @Override
  public Handler around(Route route, Handler next) {
    return request -> {
      Span server = spans.current();
      if (server == null) {
        return next.handle(request);
      }
      Span span = spans.beneath(server, route.name(), SpanKind.INTERNAL).startSpan();
      try {
        Response response = spans.in(span, () -> next.handle(request));
        span.end();
        return response;
      } catch (RuntimeException | Error thrown) {
        Spans.fail(span, thrown);
        throw thrown;
      }
    };
  }
}
