package dev.gatehouse.accounts.transfer;

/// Tells one file of users from another.
///
/// @param text 1 to [#MAX_LENGTH] printable characters that tell nothing of what is in the file
public record ImportId(String text) {
  /// The most characters.
  public static final int MAX_LENGTH = 100;

  public ImportId {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a mark of %d characters".formatted(text.length()));
    }
  }
}
