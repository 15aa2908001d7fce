package dev.gatehouse.http.body;

/// Reads a field `Content-Type` (RFC 9110, 8.3): parameters no one asked for are passed over, as
/// are empty ones. Used once.
public final class MediaTypeParser {
  private static final String MARKS_OF_TOKENS = "!#$%&'*+-.^_`|~";

  private final String text;
  private int at;
  private boolean broken;

  private MediaTypeParser(String text) {
    this.text = text;
  }

  /// Whether the field names the type, in UTF-8 if it names a charset.
  ///
  /// @param expected in lower case
  public static boolean isUtf8(String field, String expected) {
    return new MediaTypeParser(field).matches(expected);
  }

  private boolean matches(String expected) {
    skipBlanks();
    if (!text.regionMatches(true, at, expected, 0, expected.length())) {
      return false;
    }
    at += expected.length();
    skipBlanks();
    while (at < text.length()) {
      if (text.charAt(at++) != ';') {
        return false;
      }
      skipBlanks();
      boolean empty = at == text.length() || text.charAt(at) == ';';
      if (!empty && !parameter()) {
        return false;
      }
      skipBlanks();
    }
    return true;
  }

  /// @return whether it is well formed and agrees with UTF-8
  private boolean parameter() {
    String name = token();
    if (name.isEmpty() || at == text.length() || text.charAt(at++) != '=') {
      return false;
    }
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    String value = quoted ? quoted() : token();
    if (value.isEmpty() && !quoted) {
      return false;
    }
    return !broken && (!name.equalsIgnoreCase("charset") || isUtf8(value));
  }

  private static boolean isUtf8(String charset) {
    return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
  }

  private String token() {
    int begin = at;
    while (at < text.length() && isOfTokens(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  /// Ends behind the closing quote; without one the field is broken.
  private String quoted() {
    var value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character == '"') {
        return value.toString();
      }
      boolean escaped = character == '\\' && at < text.length();
      value.append(escaped ? text.charAt(at++) : character);
    }
    broken = true;
    return "";
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isOfTokens(char character) {
    return (character < 0x7f && Character.isLetterOrDigit(character))
        || MARKS_OF_TOKENS.indexOf(character) >= 0;
  }
}
