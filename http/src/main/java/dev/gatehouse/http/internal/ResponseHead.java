package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/// Writes the head of a response that the server makes itself.
final class ResponseHead {
  private ResponseHead() {}

  /// @param last whether no further response follows on the connection
  static void write(
      HttpServerRequest http,
      ServerContext context,
      String requestId,
      Response response,
      boolean last) {
    HttpServerResponse out = http.response();
    out.setStatusCode(response.status());
    MultiMap headers = out.headers();
    SecurityHeaders.addTo(headers, http.isSSL());
    headers.add(HeaderNames.REQUEST_ID, requestId);
    headers.add(HeaderNames.DATE, context.date());
    for (int index = 0; index < response.headerCount(); index++) {
      headers.set(response.headerName(index), response.headerValue(index));
    }
    for (String cookie : response.cookies()) {
      headers.add(HeaderNames.SET_COOKIE, cookie);
    }
    context.cors().addTo(headers, http.headers());
    if (last && http.version() != HttpVersion.HTTP_2) {
      headers.set(HeaderNames.CONNECTION, HeaderNames.CLOSE);
    }
    if (http.method().equals(HttpMethod.HEAD)) {
      headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(response.body().length));
    }
  }

  /// Whether the client asks for the end of the connection.
  static boolean wantsClose(HttpServerRequest http) {
    String wish = http.headers().get(HeaderNames.CONNECTION);
    return wish != null && wish.regionMatches(true, 0, "close", 0, "close".length());
  }
}
