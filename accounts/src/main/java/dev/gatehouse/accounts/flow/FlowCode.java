package dev.gatehouse.accounts.flow;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The secret of a flow that a person types: 8 decimal digits. Few enough to guess, so each flow
/// allows [Flows#TRIES] and the store keeps an HMAC ([CodeHashes]). The text form is redacted.
///
/// @param digits 8 digits
public record FlowCode(String digits) {
  private static final int LENGTH = 8;
  private static final int CODES = 100_000_000;

  public FlowCode {
    if (!isCode(digits)) {
      throw new IllegalArgumentException("a code has 8 digits");
    }
  }

  /// A code of which each is equally likely.
  ///
  /// @param random a cryptographically strong source
  public static FlowCode random(RandomGenerator random) {
    return new FlowCode(String.format(Locale.ROOT, "%08d", random.nextInt(CODES)));
  }

  /// Reads what a person typed, with spaces or a hyphen between the digits; empty when it cannot be
  /// a code.
  public static Optional<FlowCode> parse(String text) {
    if (text.length() > 2 * LENGTH) {
      return Optional.empty();
    }
    String digits = text.replace(" ", "").replace("-", "");
    return isCode(digits) ? Optional.of(new FlowCode(digits)) : Optional.empty();
  }

  private static boolean isCode(String digits) {
    return digits.length() == LENGTH && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return "FlowCode[redacted]";
  }
}
