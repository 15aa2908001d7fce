package dev.gatehouse.http.internal;

import io.vertx.core.http.HttpHeaders;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The value of `Date` (RFC 9110, 5.6.7), written once a second. Used by one event loop alone.
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final InstantSource time;
  private long second = Long.MIN_VALUE;
  private CharSequence text = "";

  HttpDate(InstantSource time) {
    this.time = time;
  }

  CharSequence now() {
    var now = time.instant();
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      text = HttpHeaders.createOptimized(FORMAT.format(now));
    }
    return text;
  }
}
