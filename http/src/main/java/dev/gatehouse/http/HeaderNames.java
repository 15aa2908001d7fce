package dev.gatehouse.http;

import io.vertx.core.http.HttpHeaders;

/// Names and values of headers, hashed and encoded once.
public final class HeaderNames {
  public static final CharSequence ALLOW = HttpHeaders.createOptimized("allow");
  public static final CharSequence AUTHORIZATION = HttpHeaders.AUTHORIZATION;
  public static final CharSequence CACHE_CONTROL = HttpHeaders.CACHE_CONTROL;
  public static final CharSequence CONNECTION = HttpHeaders.CONNECTION;
  public static final CharSequence CONTENT_ENCODING = HttpHeaders.CONTENT_ENCODING;
  public static final CharSequence CONTENT_LENGTH = HttpHeaders.CONTENT_LENGTH;
  public static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;
  public static final CharSequence DATE = HttpHeaders.DATE;
  public static final CharSequence EXPECT = HttpHeaders.EXPECT;
  public static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
  public static final CharSequence HOST = HttpHeaders.HOST;
  public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  public static final CharSequence REQUEST_TIMEOUT =
      HttpHeaders.createOptimized("x-request-timeout-ms");
  static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
  public static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  public static final CharSequence TRACESTATE = HttpHeaders.createOptimized("tracestate");
  public static final CharSequence TRANSFER_ENCODING = HttpHeaders.TRANSFER_ENCODING;
  static final CharSequence LOCATION = HttpHeaders.LOCATION;
  public static final CharSequence SET_COOKIE = HttpHeaders.SET_COOKIE;
  static final CharSequence USER_AGENT = HttpHeaders.USER_AGENT;
  static final CharSequence WWW_AUTHENTICATE = HttpHeaders.createOptimized("www-authenticate");
  public static final CharSequence X_FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");

  static final CharSequence APPLICATION_JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence PROBLEM_JSON = HttpHeaders.createOptimized("application/problem+json");
  public static final CharSequence CLOSE = HttpHeaders.CLOSE;

  private HeaderNames() {}

  /// A name in this form, for use with every request: a plain string is hashed and encoded each
  /// time it is looked up or sent.
  ///
  /// @param name in lower case
  public static CharSequence of(String name) {
    return HttpHeaders.createOptimized(name);
  }

  /// Refuses line ends and other control characters: with them a value could begin a new header.
  static void requireFieldValue(CharSequence value) {
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      if ((character < ' ' && character != '\t') || character == 0x7f || character > 0xff) {
        throw new IllegalArgumentException("A header value holds a character it may not.");
      }
    }
  }
}
