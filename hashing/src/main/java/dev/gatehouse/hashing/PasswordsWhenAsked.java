package dev.gatehouse.hashing;

import dev.gatehouse.accounts.user.CommonPasswords;
import org.jspecify.annotations.Nullable;

/// The list of [DictionaryPasswords], read when the first password is looked up: a start has no
/// use for it. Thread-safe.
public final class PasswordsWhenAsked implements CommonPasswords {
  private final int shortest;
  private volatile @Nullable DictionaryPasswords read;

  /// @param shortest leaves out what has fewer characters, since it is refused as too short anyway
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
