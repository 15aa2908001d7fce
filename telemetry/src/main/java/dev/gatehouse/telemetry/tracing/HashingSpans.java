package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.hashing.HashingListener.Operation;
import dev.gatehouse.hashing.HashingListener.Passage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The spans of a hash: `password_hash wait` until a worker takes it, then `password_hash hash` or
/// `password_hash verify`.
final class HashingSpans {
  private final Spans spans;

  HashingSpans(Spans spans) {
    this.spans = spans;
  }

  Passage asked(Operation operation) {
    Span caller = spans.current();
    return caller == null ? Passage.NONE : new Followed(caller, operation);
  }

  /// Only the first end of a span has an effect.
  private final class Followed implements Passage {
    private final Span caller;
    private final Operation operation;
    private final Span wait;
    private @Nullable Span work;

    Followed(Span caller, Operation operation) {
      this.caller = caller;
      this.operation = operation;
      this.wait = spans.beneath(caller, "password_hash wait", SpanKind.INTERNAL).startSpan();
    }

    @Override
    public void began() {
      wait.end();
      String name = "password_hash " + operation.name().toLowerCase(Locale.ROOT);
      work = spans.beneath(caller, name, SpanKind.INTERNAL).startSpan();
    }

    @Override
    public void ended() {
      if (work != null) {
        work.end();
      }
    }

    @Override
    public void left() {
      wait.end();
    }
  }
}
