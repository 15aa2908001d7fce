package dev.gatehouse.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of the request a thread is working on, for anyone who writes logs or spans.
///
/// @param requestId ties the log lines of one request together
/// @param clientAddress the client's address in text form
/// @param trace where the request is in its trace
public record RequestContext(String requestId, String clientAddress, TraceContext trace) {
  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /// The request this thread is working on.
  public static Optional<RequestContext> current() {
    return Optional.ofNullable(currentOrNull());
  }

  /// The request this thread is working on, or null when it works on none.
  public static @Nullable RequestContext currentOrNull() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  public <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
