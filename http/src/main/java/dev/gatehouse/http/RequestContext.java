package dev.gatehouse.http;

import java.util.Optional;

/// What is known of the request a virtual thread is working on, for whoever writes logs or spans.
///
/// @param requestId ties the log lines of one request together
/// @param clientAddress the client's address in text form
public record RequestContext(String requestId, String clientAddress) {
  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /// The request this thread is working on.
  public static Optional<RequestContext> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
