package dev.gatehouse.telemetry.tracing;

import java.util.Set;

/// The method of a request in spans: a known one, since clients may send any word.
final class KnownMethod {
  private static final String UNKNOWN = "_OTHER";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private KnownMethod() {}

  static String of(String method) {
    return METHODS.contains(method) ? method : UNKNOWN;
  }

  /// The same, as part of the name of a span.
  static String verb(String method) {
    return METHODS.contains(method) ? method : "HTTP";
  }
}
