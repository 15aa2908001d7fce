package dev.gatehouse.telemetry.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Parses the header `tracestate` by the rules of OpenTelemetry.
final class TraceStateParser {
  private static final String ANY_PARENT =
      "00-00000000000000000000000000000001-0000000000000001-01";

  private TraceStateParser() {}

  private record Header(String tracestate) {}

  private enum Getter implements TextMapGetter<Header> {
    INSTANCE;

    @Override
    public @Nullable String get(@Nullable Header carrier, String key) {
      if (carrier == null) {
        return null;
      }
      return switch (key) {
        case "traceparent" -> ANY_PARENT;
        case "tracestate" -> carrier.tracestate();
        default -> null;
      };
    }
  }

  static TraceState of(Optional<String> header) {
    return header.map(TraceStateParser::read).orElse(TraceState.getDefault());
  }

  private static TraceState read(String header) {
    Context context =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), new Header(header), Getter.INSTANCE);
    return Span.fromContext(context).getSpanContext().getTraceState();
  }
}
