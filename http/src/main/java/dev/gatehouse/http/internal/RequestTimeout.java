package dev.gatehouse.http.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long the caller of a request waits: the header `X-Request-Timeout-Ms`, by which a gateway
/// hands its deadline on. It can shorten the server's own time, never lengthen it.
final class RequestTimeout {
  private static final int LONGEST_TEXT = 9;

  private RequestTimeout() {}

  /// @param sent the header's value; anything but a number of milliseconds says nothing
  static Duration of(@Nullable String sent, Duration own) {
    if (sent == null || !isNumber(sent)) {
      return own;
    }
    Duration asked = Duration.ofMillis(Integer.parseInt(sent));
    return asked.compareTo(own) < 0 ? asked : own;
  }

  private static boolean isNumber(String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character < '0' || character > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_TEXT;
  }
}
