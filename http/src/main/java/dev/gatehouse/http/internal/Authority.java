package dev.gatehouse.http.internal;

import dev.gatehouse.http.address.IpAddress;

/// A host with or without a port, as it is in `Host` and in absolute targets (RFC 3986, 3.2),
/// without a user and without the delimiters that no host of today has.
public final class Authority {
  private static final String MARKS = "-._~%";
  private static final int MAX_PORT = 65_535;
  private static final int LONGEST_PORT = 5;

  private Authority() {}

  public static boolean isValid(String text) {
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : nameEnd(text);
    boolean host = text.startsWith("[") ? isLiteral(text, end) : isName(text.substring(0, end));
    return host && isPort(text.substring(end));
  }

  private static int nameEnd(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text.length() : colon;
  }

  private static boolean isLiteral(String text, int end) {
    return end > 1 && IpAddress.parse(text.substring(1, end - 1)).isPresent();
  }

  private static boolean isName(String host) {
    for (int index = 0; index < host.length(); index++) {
      char character = host.charAt(index);
      if (character >= 0x7f
          || (!Character.isLetterOrDigit(character) && MARKS.indexOf(character) < 0)) {
        return false;
      }
    }
    return !host.isEmpty();
  }

  /// A colon without digits says as much as no port (RFC 3986, 3.2.3).
  private static boolean isPort(String rest) {
    if (rest.isEmpty()) {
      return true;
    }
    if (rest.charAt(0) != ':' || rest.length() > LONGEST_PORT + 1) {
      return false;
    }
    int port = 0;
    for (int index = 1; index < rest.length(); index++) {
      char digit = rest.charAt(index);
      if (digit < '0' || digit > '9') {
        return false;
      }
      port = 10 * port + digit - '0';
    }
    return port <= MAX_PORT;
  }
}
