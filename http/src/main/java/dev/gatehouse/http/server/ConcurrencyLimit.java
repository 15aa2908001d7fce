package dev.gatehouse.http.server;

import dev.gatehouse.errors.Unavailable;
import java.time.Duration;

/// The requests one event loop has taken on and not yet finished, and the bytes of body held for
/// them. Both have a bound, so that memory has one. Used by its event loop alone.
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

  /// One request's place.
  final class Permit {
    private int held;
    private boolean left;

    /// Accounts for more bytes of its body.
    void hold(int more) {
      if (bytes + more > maxBytes) {
        throw Unavailable.overloaded(RETRY_AFTER);
      }
      bytes += more;
      held += more;
    }

    /// Makes room for other bytes than those that were held.
    void release() {
      bytes -= held;
      held = 0;
    }

    int held() {
      return held;
    }

    /// Makes room; doing so again has no effect.
    void leave() {
      if (!left) {
        left = true;
        requests--;
        release();
      }
    }
  }

  /// @throws Unavailable `OVERLOADED` when there is no more room
  Permit enter() {
    if (requests >= maxRequests) {
      throw Unavailable.overloaded(RETRY_AFTER);
    }
    requests++;
    return new Permit();
  }
}
