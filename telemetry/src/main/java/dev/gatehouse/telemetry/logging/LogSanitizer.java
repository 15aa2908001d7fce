package dev.gatehouse.telemetry.logging;

/// Makes untrusted text safe for one line of a terminal or a log: it cannot end the line, move the
/// cursor, change the colour or reverse the direction of the text.
public final class LogSanitizer {
  private LogSanitizer() {}

  /// The text with every such character written as `\n`, `\r`, `\t` or `\\uXXXX`.
  public static String of(String text) {
    for (int index = 0; index < text.length(); index++) {
      if (isUnsafe(text.charAt(index))) {
        return escaped(text, index);
      }
    }
    return text;
  }

  private static String escaped(String text, int firstUnsafe) {
    var safe = new StringBuilder(text.length() + 16).append(text, 0, firstUnsafe);
    for (int index = firstUnsafe; index < text.length(); index++) {
      char character = text.charAt(index);
      if (isUnsafe(character)) {
        safe.append(escape(character));
      } else {
        safe.append(character);
      }
    }
    return safe.toString();
  }

  private static boolean isUnsafe(char character) {
    if (character >= ' ' && character < 0x7f) {
      return false;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String escape(char character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted((int) character);
    };
  }
}
