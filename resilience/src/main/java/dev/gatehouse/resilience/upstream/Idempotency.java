package dev.gatehouse.resilience.upstream;

import java.util.Set;

/// When a request may be sent once more.
public enum Idempotency {
  /// Doing it twice is the same as doing it once: an idempotent method, or a key that makes it so.
  ALWAYS,
  /// Only when nothing of it was sent.
  UNSENT;

  /// The name of the header field whose value makes a POST safe to be sent twice.
  public static final String KEY = "idempotency-key";

  /// RFC 9110, 9.2.2.
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

  /// That of a request.
  ///
  /// @param method in capitals
  /// @param keyed whether it has a field named [#KEY]
  public static Idempotency of(String method, boolean keyed) {
    return IDEMPOTENT.contains(method) || (keyed && method.equals("POST")) ? ALWAYS : UNSENT;
  }
}
