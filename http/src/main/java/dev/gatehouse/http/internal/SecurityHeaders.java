package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/// Headers of every response: browsers must not store, sniff, frame or run it, and must request it
/// over TLS only (RFC 6797) when it came over TLS. A response's
/// own header of the same name takes the place of one of these.
public final class SecurityHeaders {
  private static final CharSequence[] PAIRS = {
    HeaderNames.CACHE_CONTROL,
    HttpHeaders.createOptimized("no-store"),
    HttpHeaders.createOptimized("x-content-type-options"),
    HttpHeaders.createOptimized("nosniff"),
    HttpHeaders.createOptimized("referrer-policy"),
    HttpHeaders.createOptimized("no-referrer"),
    HttpHeaders.createOptimized("content-security-policy"),
    HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'"),
  };

  private static final CharSequence STRICT_TRANSPORT_SECURITY =
      HttpHeaders.createOptimized("strict-transport-security");
  private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000");

  private SecurityHeaders() {}

  static void addTo(MultiMap headers, boolean overTls) {
    for (int index = 0; index < PAIRS.length; index += 2) {
      headers.add(PAIRS[index], PAIRS[index + 1]);
    }
    addTransportTo(headers, overTls);
  }

  /// The one about TLS alone.
  public static void addTransportTo(MultiMap headers, boolean overTls) {
    if (overTls) {
      headers.set(STRICT_TRANSPORT_SECURITY, ONE_YEAR);
    }
  }
}
