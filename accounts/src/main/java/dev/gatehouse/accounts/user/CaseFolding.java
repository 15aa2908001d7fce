package dev.gatehouse.accounts.user;

import java.text.Normalizer;
import java.util.Locale;

/// Simple case folding as the Unicode Character Database has it (`CaseFolding.txt`, statuses C and
/// S), from the JDK's own data: final sigma equals sigma, long s equals s, the Kelvin sign equals
/// k. Full foldings such as `ß` to `ss` (status F) and those for Turkic languages (status T) are
/// left out. Thread-safe.
final class CaseFolding {
  private static final int FIRST_CHEROKEE_CAPITAL = 0x13A0;
  private static final int LAST_CHEROKEE_CAPITAL = 0x13F5;
  private static final int FIRST_CHEROKEE_LETTER = 0xAB70;
  private static final int LAST_CHEROKEE_LETTER = 0xABBF;
  private static final int FIRST_LATE_CHEROKEE_LETTER = 0x13F8;
  private static final int LAST_LATE_CHEROKEE_LETTER = 0x13FD;
  private static final int LATE_CHEROKEE_DISTANCE = 8;

  private CaseFolding() {}

  /// The folded form, in Unicode normal form C. Text is put in lower case first, so that the result
  /// follows from the lower-case form that earlier releases stored; folding twice changes nothing.
  static String fold(String text) {
    String lower = lower(text);
    if (lower.chars().allMatch(character -> character < 0x80)) {
      return lower;
    }
    var folded = new StringBuilder(lower.length());
    lower.codePoints().map(CaseFolding::fold).forEach(folded::appendCodePoint);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  /// The lower-case form in Unicode normal form C.
  static String lower(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  static int fold(int codePoint) {
    if (codePoint >= FIRST_CHEROKEE_CAPITAL && codePoint <= LAST_CHEROKEE_CAPITAL) {
      return codePoint;
    }
    if (codePoint >= FIRST_LATE_CHEROKEE_LETTER && codePoint <= LAST_LATE_CHEROKEE_LETTER) {
      return codePoint - LATE_CHEROKEE_DISTANCE;
    }
    if (codePoint >= FIRST_CHEROKEE_LETTER && codePoint <= LAST_CHEROKEE_LETTER) {
      return codePoint - FIRST_CHEROKEE_LETTER + FIRST_CHEROKEE_CAPITAL;
    }
    return switch (codePoint) {
      // Dotted capital I and dotless i have foldings of status F and T alone.
      case 0x130, 0x131 -> codePoint;
      // Of status S since Unicode 15.1; the JDK's case mappings do not connect them.
      case 0x1FD3 -> 0x390;
      case 0x1FE3 -> 0x3B0;
      case 0xFB05 -> 0xFB06;
      default -> Character.toLowerCase(Character.toUpperCase(codePoint));
    };
  }
}
