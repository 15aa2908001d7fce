package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.InvalidFields;

/// How the canonical form of an address begins: trimmed and folded.
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
    return new EmailPrefix(CaseFolding.fold(raw.strip()));
  }

  /// Whether an address begins so.
  public boolean covers(EmailAddress address) {
    return address.canonical().startsWith(canonical);
  }

  @Override
  public String toString() {
    return "EmailPrefix[redacted]";
  }
}
