package dev.gatehouse.hashing;

import dev.gatehouse.accounts.user.CommonPasswords;
import org.jspecify.annotations.Nullable;

/// The list of [DictionaryPasswords], loaded at the first look-up instead of at the start.
/// Thread-safe.
public final class PasswordsWhenAsked implements CommonPasswords {
  private final int shortest;
  private volatile @Nullable DictionaryPasswords read;

  /// @param shortest omits shorter passwords, which the length rule rejects anyway
  public PasswordsWhenAsked(int shortest) {
    this.shortest = shortest;
  }

  @Override
  public boolean contains(String folded) {
    DictionaryPasswords passwords = read;
    return (passwords == null ? read() : passwords).contains(folded);
  }

  private synchronized DictionaryPasswords read() {
    DictionaryPasswords passwords = read;
    if (passwords == null) {
      passwords = DictionaryPasswords.load(shortest);
      read = passwords;
    }
    return passwords;
  }
}
