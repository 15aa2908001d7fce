package dev.gatehouse.api.conditional;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An entity tag (RFC 9110, 8.8.3).
///
/// @param weak whether it vouches only for the same meaning, not for the same bytes
/// @param quoted the tag with its quotes
public record EntityTag(boolean weak, String quoted) {
  private static final Pattern NEXT =
      Pattern.compile("\\G[ \\t]*(?:(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"))?[ \\t]*(?:,|$)");

  /// The strong tag of a version.
  public static String ofVersion(long version) {
    return '"' + Long.toString(version) + '"';
  }

  /// Reads a list of tags.
  ///
  /// @throws Refusal `MALFORMED_REQUEST` when it is none, or empty
  static List<EntityTag> list(String field, String value) {
    var tags = new ArrayList<EntityTag>();
    Matcher next = NEXT.matcher(value);
    int end = 0;
    while (end < value.length() && next.find()) {
      if (next.group(2) != null) {
        tags.add(new EntityTag(next.group(1) != null, next.group(2)));
      }
      end = next.end();
    }
    if (end < value.length() || tags.isEmpty()) {
      throw new Refusal(
          ErrorCode.MALFORMED_REQUEST, "The header " + field + " is not a list of entity tags.");
    }
    return tags;
  }
}
