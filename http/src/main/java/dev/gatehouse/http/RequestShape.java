package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses heads that another server or proxy could read differently (RFC 9112, 11.2), beyond what
/// the decoder refuses already.
final class RequestShape {
  private static final List<CharSequence> OF_CONNECTIONS =
      List.of(
          HeaderNames.CONNECTION,
          HeaderNames.TRANSFER_ENCODING,
          HttpHeaders.createOptimized("keep-alive"),
          HttpHeaders.createOptimized("proxy-connection"),
          HttpHeaders.createOptimized("upgrade"));

  private RequestShape() {}

  /// @throws Refusal `MALFORMED_REQUEST`; the connection must not be used any further
  static void check(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (request.version() == HttpVersion.HTTP_2) {
      checkStream(request.authority(), headers);
      return;
    }
    boolean modern = request.version() == HttpVersion.HTTP_1_1;
    checkHost(headers.getAll(HeaderNames.HOST), modern);
    checkFraming(
        headers.getAll(HeaderNames.CONTENT_LENGTH),
        headers.getAll(HeaderNames.TRANSFER_ENCODING),
        modern);
  }

  /// Frames do the framing; a head must not pretend otherwise (RFC 9113, 8.2.2).
  private static void checkStream(@Nullable HostAndPort authority, MultiMap headers) {
    if (authority == null || !isAuthority(authority.toString())) {
      throw malformed("The request must have one authority.");
    }
    for (CharSequence name : OF_CONNECTIONS) {
      if (headers.contains(name)) {
        throw malformed("The request has a header field of connections.");
      }
    }
    if (headers.getAll(HeaderNames.CONTENT_LENGTH).size() > 1) {
      throw malformed("The Content-Length is not one number.");
    }
  }

  private static void checkHost(List<String> hosts, boolean modern) {
    if (hosts.size() > 1 || (modern && hosts.isEmpty())) {
      throw malformed("The request must have one Host.");
    }
    if (!hosts.isEmpty() && !isAuthority(hosts.getFirst())) {
      throw malformed("The Host is not a host.");
    }
  }

  private static boolean isAuthority(String host) {
    for (int index = 0; index < host.length(); index++) {
      char character = host.charAt(index);
      if (!Character.isLetterOrDigit(character) && "-._~:[]%".indexOf(character) < 0) {
        return false;
      }
      if (character >= 0x7f) {
        return false;
      }
    }
    return true;
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
