package dev.gatehouse.http.internal;

import dev.gatehouse.errors.Unavailable;
import java.time.Duration;

/// Bounds the requests that one event loop has admitted and not yet finished, and the bytes of body
/// held for them, so that memory is bounded too. Each [ActiveRequest] keeps account of its share.
/// Used by its event loop alone.
final class ConcurrencyLimit {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int maxRequests;
  private final long maxBytes;
  private int requests;
  private long bytes;

  ConcurrencyLimit(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /// Admits a request.
  ///
  /// @throws Unavailable `OVERLOADED` when there is no more room
  void enter() {
    if (requests >= maxRequests) {
      throw Unavailable.overloaded(RETRY_AFTER);
    }
    requests++;
  }

  /// Accounts for bytes of a body.
  ///
  /// @throws Unavailable `OVERLOADED` when there is no more room
  void hold(int more) {
    if (bytes + more > maxBytes) {
      throw Unavailable.overloaded(RETRY_AFTER);
    }
    bytes += more;
  }

  /// Frees bytes that were held.
  void release(int held) {
    bytes -= held;
  }

  /// Frees the place of a request.
  void leave() {
    requests--;
  }
}
