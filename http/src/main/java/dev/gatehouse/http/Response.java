package dev.gatehouse.http;

import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.http.body.Json;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A response. Immutable, except that the bytes of the body are not copied: the caller must not
/// change them later. May be kept and sent any number of times, on any thread.
public final class Response {
  private static final int LOWEST_STATUS = 200;
  private static final int HIGHEST_STATUS = 599;
  private static final int SEE_OTHER = 303;
  private static final byte[] EMPTY = {};
  private static final CharSequence[] NO_HEADERS = {};

  private final int status;
  private final CharSequence[] headers;
  private final List<String> cookies;
  private final byte[] body;

  private Response(int status, CharSequence[] headers, List<String> cookies, byte[] body) {
    if (status < LOWEST_STATUS || status > HIGHEST_STATUS) {
      throw new IllegalArgumentException("Not the status of a response: " + status);
    }
    this.status = status;
    this.headers = headers;
    this.cookies = cookies;
    this.body = body;
  }

  /// A record, map or list as JSON; names of record components become snake_case.
  public static Response json(int status, Object value) {
    return jsonBytes(status, Json.write(value));
  }

  /// JSON that is already written.
  public static Response jsonBytes(int status, byte[] utf8) {
    return of(status, HeaderNames.APPLICATION_JSON, utf8);
  }

  /// Any content.
  ///
  /// @param contentType the value of `Content-Type`
  public static Response of(int status, CharSequence contentType, byte[] body) {
    return new Response(
        status, new CharSequence[] {HeaderNames.CONTENT_TYPE, contentType}, List.of(), body);
  }

  /// A problem response (RFC 9457), as if the error had been thrown.
  ///
  /// @param requestId of the request
  public static Response problem(GatehouseException error, String requestId) {
    return ProblemResponses.of(error, requestId);
  }

  /// A response to a request as if the error had been thrown, in the form that its route has.
  public static Response error(GatehouseException error, Request request) {
    return ProblemResponses.of(error, request.route(), request.requestId());
  }

  /// A problem response under a status that says more than the error's own.
  public static Response problem(GatehouseException error, int status, String requestId) {
    return ProblemResponses.of(error, status, requestId);
  }

  /// 204, without content.
  public static Response noContent() {
    return status(204);
  }

  /// A status alone, without content.
  public static Response status(int status) {
    return new Response(status, NO_HEADERS, List.of(), EMPTY);
  }

  /// 303: the client reads the location next, by GET.
  ///
  /// @param location a path on this server, or a whole address with `http` or `https`
  /// @throws IllegalArgumentException when it is anything else
  public static Response seeOther(String location) {
    return status(SEE_OTHER).withHeader(HeaderNames.LOCATION, Redirects.requireLocation(location));
  }

  /// The same response with one more header. A header of the response replaces the one that the
  /// server would set itself, such as `Cache-Control`.
  ///
  /// @throws IllegalArgumentException when the value could not be sent in a header field, or when
  ///     it is a cookie, of which there may be several
  public Response withHeader(CharSequence name, CharSequence value) {
    HeaderNames.requireFieldValue(value);
    if (AsciiString.contentEqualsIgnoreCase(HeaderNames.SET_COOKIE, name)) {
      throw new IllegalArgumentException("Cookies are added by withCookie.");
    }
    var more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return new Response(status, more, cookies, body);
  }

  /// The same response with one more cookie, in a separate `Set-Cookie` field (RFC 6265, 3).
  ///
  /// @param cookie such as `name=value; Path=/; Secure; HttpOnly; SameSite=Lax`
  /// @throws IllegalArgumentException when it could not be sent in a header field
  public Response withCookie(String cookie) {
    HeaderNames.requireFieldValue(cookie);
    List<String> more = Stream.concat(cookies.stream(), Stream.of(cookie)).toList();
    return new Response(status, headers, more, body);
  }

  /// The status.
  public int status() {
    return status;
  }

  /// The body, possibly empty; not to be changed.
  public byte[] body() {
    return body;
  }

  /// The values of `Set-Cookie`, in the order in which they were added.
  public List<String> cookies() {
    return cookies;
  }

  public int headerCount() {
    return headers.length / 2;
  }

  public CharSequence headerName(int index) {
    return headers[2 * index];
  }

  public CharSequence headerValue(int index) {
    return headers[2 * index + 1];
  }
}
