package dev.gatehouse.http.observation;

import org.jspecify.annotations.Nullable;

/// Decides which requests are recorded as spans, and records them. Called on event loops: may not
/// wait. Thread-safe.
@FunctionalInterface
public interface RequestTracer {
  /// Records nothing.
  RequestTracer NONE = _ -> null;

  /// A request has arrived.
  ///
  /// @param context its place in a trace; its span id is that of the span to be recorded
  /// @return null when it is not recorded
  @Nullable RequestSpan begin(TraceContext context);
}
