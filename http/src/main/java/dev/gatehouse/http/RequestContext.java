package dev.gatehouse.http;

import dev.gatehouse.http.observation.TraceContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The request that a thread works on, for logs, spans and metrics.
///
/// @param requestId ties the log lines of one request together
/// @param clientAddress the client's address in text form
/// @param trace where the request is in its trace
/// @param outcome the right to report how the request ended
public record RequestContext(
    String requestId, String clientAddress, TraceContext trace, OutcomeClaim outcome) {
  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /// The request that this thread works on.
  public static Optional<RequestContext> current() {
    return Optional.ofNullable(currentOrNull());
  }

  /// The request that this thread works on, or null when it works on none.
  public static @Nullable RequestContext currentOrNull() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /// Does work on this request.
  public <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
