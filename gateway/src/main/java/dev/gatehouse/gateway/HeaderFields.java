package dev.gatehouse.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Which header fields go on to the other side.
final class HeaderFields {
  static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
  static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
  static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("x-forwarded-host");
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  static final CharSequence REQUEST_TIMEOUT = HttpHeaders.createOptimized("x-request-timeout-ms");
  static final CharSequence REQUEST_ATTEMPT = HttpHeaders.createOptimized("x-request-attempt");
  static final CharSequence HTTP = HttpHeaders.createOptimized("http");
  static final CharSequence HTTPS = HttpHeaders.createOptimized("https");

  /// Of one connection alone (RFC 9110, 7.6.1).
  private static final FieldNames OF_ONE_HOP =
      FieldNames.of(
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
  private static final FieldNames OURS =
      FieldNames.of(
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
          "x-request-attempt",
          "x-request-id",
          "x-request-timeout-ms");

  private static final FieldNames NOT_OF_CLIENTS = OF_ONE_HOP.and(OURS);

  private HeaderFields() {}

  /// Copies what a client sends to the instance.
  static void copyRequest(MultiMap from, MultiMap to) {
    copy(from, NOT_OF_CLIENTS, to);
  }

  /// Copies what an instance answers to the client.
  static void copyAnswer(MultiMap from, MultiMap to) {
    copy(from, OF_ONE_HOP, to);
  }

  private static void copy(MultiMap from, FieldNames left, MultiMap to) {
    String named = named(from);
    from.forEach(
        (name, value) -> {
          if (!left.contains(name) && !isNamed(named, name)) {
            to.add(name, value);
          }
        });
  }

  /// The field `Connection`, unless it says what it says nearly always.
  private static @Nullable String named(MultiMap fields) {
    String connection = fields.get(HttpHeaders.CONNECTION);
    return connection == null
            || connection.equalsIgnoreCase("keep-alive")
            || connection.equalsIgnoreCase("close")
        ? null
        : connection;
  }

  /// Whether the field `Connection` names another one as being of this connection alone.
  private static boolean isNamed(@Nullable String connection, String name) {
    if (connection == null || connection.length() < name.length()) {
      return false;
    }
    for (String option : connection.split(",", -1)) {
      if (option.strip().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
