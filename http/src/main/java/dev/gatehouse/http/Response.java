package dev.gatehouse.http;

import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.http.body.Json;
import java.util.Arrays;

/// An answer. Immutable, save that the bytes of the body are not copied: anyone who passes them may
/// no longer change them. May be kept and sent any number of times, on any thread.
public final class Response {
  private static final int LOWEST_STATUS = 200;
  private static final int HIGHEST_STATUS = 599;
  private static final byte[] EMPTY = {};
  private static final CharSequence[] NO_HEADERS = {};

  private final int status;
  private final CharSequence[] headers;
  private final byte[] body;

  private Response(int status, CharSequence[] headers, byte[] body) {
    if (status < LOWEST_STATUS || status > HIGHEST_STATUS) {
      throw new IllegalArgumentException("Not the status of an answer: " + status);
    }
    this.status = status;
    this.headers = headers;
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
    return new Response(status, new CharSequence[] {HeaderNames.CONTENT_TYPE, contentType}, body);
  }

  /// A problem response (RFC 9457), as if the error had been thrown.
  ///
  /// @param requestId of the request it answers
  public static Response problem(GatehouseException error, String requestId) {
    return ProblemResponses.of(error, requestId);
  }

  /// The same under a status that says more than the error's own.
  public static Response problem(GatehouseException error, int status, String requestId) {
    return ProblemResponses.of(error, status, requestId);
  }

  /// 204, without content.
  public static Response noContent() {
    return status(204);
  }

  /// A status alone, without content.
  public static Response status(int status) {
    return new Response(status, NO_HEADERS, EMPTY);
  }

  /// The same answer with one more header. A header of the answer takes the place of the one the
  /// server would set itself, such as `Cache-Control`.
  ///
  /// @throws IllegalArgumentException when the value could not stand in a header field
  public Response withHeader(CharSequence name, CharSequence value) {
    HeaderNames.requireFieldValue(value);
    var more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return new Response(status, more, body);
  }

  /// The status.
  public int status() {
    return status;
  }

  /// The body, possibly empty; not to be changed.
  public byte[] body() {
    return body;
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
