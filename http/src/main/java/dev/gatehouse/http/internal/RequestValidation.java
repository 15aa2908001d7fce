package dev.gatehouse.http.internal;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/// Refuses heads that another server or proxy could read differently (RFC 9112, 11.2), beyond what
/// the decoder refuses already.
final class RequestValidation {
  private static final List<CharSequence> OF_CONNECTIONS =
      List.of(
          HeaderNames.CONNECTION,
          HeaderNames.TRANSFER_ENCODING,
          HttpHeaders.createOptimized("keep-alive"),
          HttpHeaders.createOptimized("proxy-connection"),
          HttpHeaders.createOptimized("upgrade"));

  private RequestValidation() {}

  /// Checks the whole head before anything else reads it, and takes its target apart.
  ///
  /// @throws Refusal `MALFORMED_REQUEST`; the connection must not be used any further
  static Target check(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      throw malformed("This server is no tunnel.");
    }
    MultiMap headers = request.headers();
    if (request.version() == HttpVersion.HTTP_2) {
      return checkStream(request, headers);
    }
    boolean modern = request.version() == HttpVersion.HTTP_1_1;
    checkHost(headers.getAll(HeaderNames.HOST), modern);
    checkFraming(
        all(headers, HeaderNames.CONTENT_LENGTH),
        all(headers, HeaderNames.TRANSFER_ENCODING),
        modern);
    return Target.of(request.uri(), isOptions(request));
  }

  /// Whether the head announces a body. Reads heads that were not checked, too.
  static boolean announcesBody(MultiMap headers) {
    String length = headers.get(HeaderNames.CONTENT_LENGTH);
    return (length != null && !isZero(length)) || headers.contains(HeaderNames.TRANSFER_ENCODING);
  }

  private static boolean isZero(String length) {
    return !length.isEmpty() && length.chars().allMatch(character -> character == '0');
  }

  private static boolean isOptions(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS);
  }

  /// Frames do the framing; a head must not pretend otherwise (RFC 9113, 8.2.2).
  private static Target checkStream(HttpServerRequest request, MultiMap headers) {
    if (!FieldLines.areValid(headers)) {
      throw malformed("A header field holds a character that it may not.");
    }
    HostAndPort authority = request.authority();
    if (authority == null || !Authority.isValid(authority.toString())) {
      throw malformed("The request must have one authority.");
    }
    for (CharSequence name : OF_CONNECTIONS) {
      if (headers.contains(name)) {
        throw malformed("The request has a header field of connections.");
      }
    }
    List<String> lengths = headers.getAll(HeaderNames.CONTENT_LENGTH);
    if (lengths.size() > 1 || (!lengths.isEmpty() && !isNumber(lengths.getFirst()))) {
      throw malformed("The Content-Length is not one number.");
    }
    return pathOfStream(request);
  }

  /// The scheme and the authority have their own fields, so that the path is no URL (RFC 9113,
  /// 8.3.1).
  private static Target pathOfStream(HttpServerRequest request) {
    String scheme = request.scheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw malformed("The scheme must be https or http.");
    }
    Target target = Target.of(request.uri(), isOptions(request));
    if (target.authority() != null) {
      throw malformed("The path of the request must be a path.");
    }
    return target;
  }

  /// Most requests have neither field, and need no list of its lines.
  private static List<String> all(MultiMap headers, CharSequence name) {
    return headers.contains(name) ? headers.getAll(name) : List.of();
  }

  private static void checkHost(List<String> hosts, boolean modern) {
    if (hosts.size() > 1 || (modern && hosts.isEmpty())) {
      throw malformed("The request must have one Host.");
    }
    String host = hosts.isEmpty() ? "" : hosts.getFirst();
    if (!host.isEmpty() && !Authority.isValid(host)) {
      throw malformed("The Host is not a host.");
    }
  }

  private static void checkFraming(List<String> lengths, List<String> encodings, boolean modern) {
    if (lengths.size() > 1 || (!lengths.isEmpty() && !isNumber(lengths.getFirst()))) {
      throw malformed("The Content-Length is not one number.");
    }
    if (encodings.isEmpty()) {
      return;
    }
    boolean onlyChunked =
        encodings.size() == 1
            && AsciiString.contentEqualsIgnoreCase(encodings.getFirst(), "chunked");
    if (!modern || !onlyChunked || !lengths.isEmpty()) {
      throw malformed("The Transfer-Encoding must be chunked, and stand alone.");
    }
  }

  private static boolean isNumber(String length) {
    for (int index = 0; index < length.length(); index++) {
      char character = length.charAt(index);
      if (character < '0' || character > '9') {
        return false;
      }
    }
    return !length.isEmpty() && length.length() <= 18;
  }

  private static Refusal malformed(String detail) {
    return new Refusal(ErrorCode.MALFORMED_REQUEST, detail);
  }
}
