package dev.gatehouse.telemetry.tracing;

import io.lettuce.core.tracing.TraceContext;
import io.lettuce.core.tracing.TraceContextProvider;
import io.lettuce.core.tracing.Tracer;
import io.lettuce.core.tracing.TracerProvider;
import io.lettuce.core.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Makes Lettuce record the commands of requests, without keys and values.
final class RedisSpans implements Tracing {
  private final Spans spans;
  private final Tracer tracer;

  RedisSpans(Spans spans) {
    this.spans = spans;
    this.tracer = new CommandTracer(spans);
  }

  /// The span in which a command was sent, null when that is not recorded.
  record Caller(@Nullable Span span) implements TraceContext {}

  /// A server of Redis.
  record Server(@Nullable InetSocketAddress address) implements Endpoint {}

  @Override
  public TracerProvider getTracerProvider() {
    return () -> tracer;
  }

  /// Called on the thread that sends a command.
  @Override
  public TraceContextProvider initialTraceContextProvider() {
    return () -> new Caller(spans.current());
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public boolean includeCommandArgsInSpanTags() {
    return false;
  }

  @Override
  public Endpoint createEndpoint(SocketAddress address) {
    return new Server(address instanceof InetSocketAddress internet ? internet : null);
  }
}
