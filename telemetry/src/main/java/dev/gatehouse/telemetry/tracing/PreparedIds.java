package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.http.observation.TraceContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/// Gives the span of a request the ids in its log lines, and all other spans random ids.
final class PreparedIds implements IdGenerator {
  private final ScopedValue<TraceContext> prepared = ScopedValue.newInstance();
  private final IdGenerator others = IdGenerator.random();

  /// Begins the span of a request.
  <T> T of(TraceContext request, Supplier<T> begin) {
    return ScopedValue.where(prepared, request).call(begin::get);
  }

  @Override
  public String generateSpanId() {
    return prepared.isBound() ? prepared.get().spanId() : others.generateSpanId();
  }

  @Override
  public String generateTraceId() {
    return prepared.isBound() ? prepared.get().traceId() : others.generateTraceId();
  }
}
