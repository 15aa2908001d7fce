package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.observation.RequestSpan;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.http.observation.TraceContext;
import io.vertx.core.MultiMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Gives each request its place in a trace.
final class RequestTraces {
  private final RequestTracer tracer;
  private final LongSupplier random;

  /// @param random need not be unguessable: traces grant nothing
  RequestTraces(RequestTracer tracer, LongSupplier random) {
    this.tracer = tracer;
    this.random = random;
  }

  TraceContext of(MultiMap headers) {
    String traceparent = headers.get(HeaderNames.TRACEPARENT);
    String tracestate = traceparent == null ? null : headers.get(HeaderNames.TRACESTATE);
    return TraceContext.of(traceparent, tracestate, random);
  }

  @Nullable RequestSpan begin(TraceContext trace) {
    return tracer.begin(trace);
  }
}
