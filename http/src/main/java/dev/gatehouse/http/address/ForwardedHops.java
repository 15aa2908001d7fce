package dev.gatehouse.http.address;

import java.util.List;
import java.util.Optional;

/// The entries of a list header that every proxy adds one to, read from the last to the first: what
/// a client wrote to the left, an open quote for example, then cannot change what a proxy wrote to
/// the right. Reads no further than it is asked.
final class ForwardedHops {
  private final List<String> lines;
  private int line;
  private int end;

  /// @param lines the header's lines, in their order
  ForwardedHops(List<String> lines) {
    this.lines = lines;
    this.line = lines.size();
    this.end = -1;
  }

  /// The entry before the one given last; empty when there are no more.
  Optional<String> previous() {
    if (end < 0) {
      if (line == 0) {
        return Optional.empty();
      }
      line--;
      end = lines.get(line).length();
    }
    String text = lines.get(line);
    int comma = lastOutsideQuotes(text, ',', end);
    String entry = text.substring(comma + 1, end);
    end = comma;
    return Optional.of(entry.strip());
  }

  /// Reads an entry of `Forwarded`: pairs such as `for="[2001:db8::1]:4711"`, of which one is
  /// `for`.
  static Optional<IpAddress> client(String entry) {
    String found = null;
    int end = entry.length();
    while (end >= 0) {
      int semicolon = lastOutsideQuotes(entry, ';', end);
      String pair = entry.substring(semicolon + 1, end).strip();
      end = semicolon;
      if (pair.regionMatches(true, 0, "for=", 0, "for=".length())) {
        if (found != null) {
          return Optional.empty();
        }
        found = pair.substring("for=".length());
      }
    }
    return Optional.ofNullable(found).map(ForwardedHops::unquoted).flatMap(ForwardedHops::node);
  }

  /// Reads an address, with or without a port: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`,
  /// `[2001:db8::1]:4711`.
  static Optional<IpAddress> node(String node) {
    if (node.startsWith("[")) {
      int bracket = node.indexOf(']');
      boolean wellFormed = bracket > 0 && isPort(node.substring(bracket + 1));
      return wellFormed
          ? IpAddress.parse(node.substring(1, bracket))
              .filter(_ -> node.lastIndexOf(':', bracket) > 0)
          : Optional.empty();
    }
    int colon = node.indexOf(':');
    boolean oneColon = colon >= 0 && colon == node.lastIndexOf(':');
    if (oneColon) {
      return isPort(node.substring(colon))
          ? IpAddress.parse(node.substring(0, colon))
          : Optional.empty();
    }
    return IpAddress.parse(node);
  }

  private static boolean isPort(String rest) {
    return rest.isEmpty() || rest.matches(":[0-9]{1,5}");
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static int lastOutsideQuotes(String text, char wanted, int end) {
    boolean quoted = false;
    for (int index = end - 1; index >= 0; index--) {
      char character = text.charAt(index);
      if (character == '"' && !isEscaped(text, index)) {
        quoted = !quoted;
      }
      if (character == wanted && !quoted) {
        return index;
      }
    }
    return -1;
  }

  private static boolean isEscaped(String text, int index) {
    int backslashes = 0;
    while (index - backslashes > 0 && text.charAt(index - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
