package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;
import java.text.Normalizer;

/// The name a user is shown by: trimmed, in Unicode normal form C, without control characters or
/// overrides of the writing direction.
///
/// @param value 1 to 100 characters
public record DisplayName(String value) {
  private static final int MAX_CODE_POINTS = 100;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /// Reads a name.
  ///
  /// @throws InvalidFields when it cannot be one, for the field `display_name`
  public static DisplayName parse(String raw) {
    if (raw.length() > 4 * MAX_CODE_POINTS) {
      throw invalid("too_long", "It has more than %d characters.".formatted(MAX_CODE_POINTS));
    }
    String name = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
    if (name.isEmpty()) {
      throw invalid("empty", "It has no visible character.");
    }
    if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
      throw invalid("too_long", "It has more than %d characters.".formatted(MAX_CODE_POINTS));
    }
    if (!name.codePoints().allMatch(DisplayName::allowed)) {
      throw invalid("invalid", "It has characters that cannot be shown.");
    }
    return new DisplayName(name);
  }

  private static boolean allowed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // The joiners shape letters in Persian and many Indic scripts; all other format characters
      // are invisible and can only mislead.
      case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static InvalidFields invalid(String code, String message) {
    return InvalidFields.of("display_name", code, message);
  }
}
