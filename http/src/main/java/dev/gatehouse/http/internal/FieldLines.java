package dev.gatehouse.http.internal;

import io.vertx.core.MultiMap;
import java.util.Map;

/// Looks at the header fields of HTTP/2, whose bytes no line breaks or colons hold apart, so that
/// every name and value arrives as it was sent (RFC 9113, 8.2.1). The decoder of HTTP/1.1 does the
/// same there.
final class FieldLines {
  private static final String MARKS_OF_NAMES = "!#$%&'*+-.^_`|~";

  private FieldLines() {}

  static boolean areValid(MultiMap headers) {
    for (Map.Entry<String, String> field : headers) {
      if (!isName(field.getKey()) || !isValue(field.getValue())) {
        return false;
      }
    }
    return true;
  }

  /// A token without capitals (RFC 9110, 5.6.2).
  static boolean isName(String name) {
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      boolean letter = character >= 'a' && character <= 'z';
      boolean digit = character >= '0' && character <= '9';
      if (!letter && !digit && MARKS_OF_NAMES.indexOf(character) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isValue(String value) {
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      if ((character < ' ' && character != '\t') || character == 0x7f || character > 0xff) {
        return false;
      }
    }
    return value.isEmpty()
        || (!isBlank(value.charAt(0)) && !isBlank(value.charAt(value.length() - 1)));
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }
}
