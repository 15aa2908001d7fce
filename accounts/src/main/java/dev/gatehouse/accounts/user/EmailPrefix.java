package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;
import java.text.Normalizer;
import java.util.Locale;

/// How the compared form of an address begins: trimmed, in Unicode normal form C and in lower case.
///
/// @param canonical 1 to 254 characters
public record EmailPrefix(String canonical) {
  private static final int MAX_CHARACTERS = 254;

  /// Reads a prefix.
  ///
  /// @throws InvalidFields when it is empty or too long, for the field `prefix`
  public static EmailPrefix parse(String raw) {
    if (raw.isBlank() || raw.length() > MAX_CHARACTERS) {
      throw InvalidFields.of("prefix", "invalid", "A prefix has 1 to 254 characters.");
    }
    String lower = raw.strip().toLowerCase(Locale.ROOT);
    return new EmailPrefix(Normalizer.normalize(lower, Normalizer.Form.NFC));
  }

  /// Whether an address begins so.
  public boolean covers(EmailAddress address) {
    return address.canonical().startsWith(canonical);
  }

  @Override
  public String toString() {
    return "AddressPrefix[redacted]";
  }
}
