package dev.gatehouse.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which header fields go on to the other side.
final class HeaderFields {
  static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
  static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
  static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("x-forwarded-host");
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  static final CharSequence REQUEST_TIMEOUT = HttpHeaders.createOptimized("x-request-timeout-ms");
  static final CharSequence HTTP = HttpHeaders.createOptimized("http");
  static final CharSequence HTTPS = HttpHeaders.createOptimized("https");

  /// Of one connection alone (RFC 9110, 7.6.1).
  private static final Set<String> OF_ONE_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /// What the gateway says itself, whatever the client wrote.
  private static final Set<String> OURS =
      Set.of(
          "content-length",
          "expect",
          "forwarded",
          "host",
          "via",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-prefix",
          "x-forwarded-proto",
          "x-forwarded-server",
          "x-real-ip",
          "x-request-id",
          "x-request-timeout-ms");

  private HeaderFields() {}

  /// Copies what a client sends to the instance.
  static void copyRequest(MultiMap from, MultiMap to) {
    String named = from.get(HttpHeaders.CONNECTION);
    from.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!OF_ONE_HOP.contains(lower) && !OURS.contains(lower) && !isNamed(named, lower)) {
            to.add(name, value);
          }
        });
  }

  /// Copies what an instance answers to the client.
  static void copyAnswer(MultiMap from, MultiMap to) {
    String named = from.get(HttpHeaders.CONNECTION);
    from.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!OF_ONE_HOP.contains(lower) && !isNamed(named, lower)) {
            to.add(name, value);
          }
        });
  }

  /// Whether the field `Connection` names another one as being of this connection alone.
  private static boolean isNamed(@Nullable String connection, String lower) {
    if (connection == null || connection.length() < lower.length()) {
      return false;
    }
    for (String option : connection.split(",", -1)) {
      if (option.strip().equalsIgnoreCase(lower)) {
        return true;
      }
    }
    return false;
  }
}
