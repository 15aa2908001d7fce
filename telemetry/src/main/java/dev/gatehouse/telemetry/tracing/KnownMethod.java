package dev.gatehouse.telemetry.tracing;

import java.util.Set;

/// A method as spans may show it: one of those that are known, since a client may send any word.
final class KnownMethod {
  private static final String UNKNOWN = "_OTHER";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private KnownMethod() {}

  static String of(String method) {
    return METHODS.contains(method) ? method : UNKNOWN;
  }

  /// The same as part of a span's name.
  static String verb(String method) {
    return METHODS.contains(method) ? method : "HTTP";
  }
}
