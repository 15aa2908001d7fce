package dev.gatehouse.telemetry.tracing;

import io.lettuce.core.protocol.CompleteableCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.tracing.Tracer;
import io.lettuce.core.tracing.Tracing.Endpoint;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import org.jspecify.annotations.Nullable;

/// The span of a Redis command. Details that Lettuce adds are omitted, since they may contain keys.
final class CommandSpan extends Tracer.Span {
  private final @Nullable SpanBuilder builder;
  private @Nullable Span span;

  /// @param builder null when the command is not recorded
  CommandSpan(@Nullable SpanBuilder builder) {
    this.builder = builder;
  }

  @Override
  public Tracer.Span start(RedisCommand<?, ?, ?> command) {
    if (builder == null) {
      return this;
    }
    String name = command.getType().toString();
    builder.setAttribute(SemanticAttributes.DB_SYSTEM, "redis");
    builder.setAttribute(SemanticAttributes.DB_OPERATION, name);
    Span begun = builder.startSpan();
    begun.updateName(name);
    span = begun;
    if (command instanceof CompleteableCommand<?> completing) {
      completing.onComplete((_, failure) -> end(begun, failure));
    }
    return this;
  }

  private static void end(Span begun, @Nullable Throwable failure) {
    if (failure == null) {
      begun.end();
      return;
    }
    Spans.fail(begun, failure);
  }

  @Override
  public Tracer.Span name(String name) {
    return this;
  }

  @Override
  public Tracer.Span annotate(String value) {
    return this;
  }

  @Override
  public Tracer.Span tag(String key, String value) {
    return this;
  }

  @Override
  public Tracer.Span error(Throwable throwable) {
    return this;
  }

  @Override
  public Tracer.Span remoteEndpoint(Endpoint endpoint) {
    if (builder != null && endpoint instanceof RedisSpans.Server server) {
      var address = server.address();
      if (address != null) {
        builder.setAttribute(SemanticAttributes.SERVER_ADDRESS, address.getHostString());
        builder.setAttribute(SemanticAttributes.SERVER_PORT, (long) address.getPort());
      }
    }
    return this;
  }

  @Override
  public void finish() {
    if (span != null) {
      span.end();
    }
  }
}
