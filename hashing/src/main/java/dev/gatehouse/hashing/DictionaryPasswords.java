package dev.gatehouse.hashing;

import com.nulabinc.zxcvbn.StandardDictionaries;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.user.CommonPasswords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The 30,000 most common leaked passwords, from the list of zxcvbn.
public final class DictionaryPasswords implements CommonPasswords {
  private final Set<String> passwords;

  private DictionaryPasswords(Set<String> passwords) {
    this.passwords = passwords;
  }

  /// Reads the list into memory: about a megabyte for passwords of at least eight characters.
  ///
  /// @param shortest omits shorter passwords, which the length rule rejects anyway
  public static DictionaryPasswords load(int shortest) {
    try {
      var listed = StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();
      return new DictionaryPasswords(
          listed.stream()
              .map(password -> new Password(password).normal().toLowerCase(Locale.ROOT))
              .filter(password -> password.codePointCount(0, password.length()) >= shortest)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public boolean contains(String folded) {
    return passwords.contains(folded);
  }

  /// The number of passwords.
  public int size() {
    return passwords.size();
  }
}
