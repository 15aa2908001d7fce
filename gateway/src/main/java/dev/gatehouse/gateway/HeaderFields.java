package dev.gatehouse.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Predicate;

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
          "x-real-ip",
          "x-request-attempt",
          "x-request-id",
          "x-request-timeout-ms");

  /// Whom a request comes from and how says the gateway alone.
  private static final String FORWARDED = "x-forwarded-";

  private static final FieldNames NOT_OF_CLIENTS = OF_ONE_HOP.and(OURS);

  private HeaderFields() {}

  /// Copies what a client sends to the instance.
  static void copyRequest(MultiMap from, MultiMap to) {
    copy(from, HeaderFields::isLeftOfRequest, to);
  }

  /// Copies what an instance responds to the client.
  static void copyResponse(MultiMap from, MultiMap to) {
    copy(from, OF_ONE_HOP::contains, to);
  }

  private static boolean isLeftOfRequest(String name) {
    return NOT_OF_CLIENTS.contains(name)
        || name.regionMatches(true, 0, FORWARDED, 0, FORWARDED.length());
  }

  private static void copy(MultiMap from, Predicate<String> left, MultiMap to) {
    List<String> named = named(from);
    from.forEach(
        (name, value) -> {
          if (!left.test(name) && !isNamed(named, name)) {
            to.add(name, value);
          }
        });
  }

  /// The lines of the field `Connection`, unless there is but one that says what it says nearly
  /// always.
  private static List<String> named(MultiMap fields) {
    List<String> lines = fields.getAll(HttpHeaders.CONNECTION);
    return lines.size() == 1 && isUsual(lines.getFirst()) ? List.of() : lines;
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
  }

  /// Whether the field `Connection` names another one as being of this connection alone.
  private static boolean isNamed(List<String> connection, String name) {
    for (String line : connection) {
      if (line.length() >= name.length() && lists(line, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean lists(String line, String name) {
    for (String option : line.split(",", -1)) {
      if (option.strip().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
