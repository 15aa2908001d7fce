package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/// A hash of another system, over the raw bytes of the password. Always outdated: it is replaced at
/// the next sign-in.
final class ImportedHash implements StoredFormat.Stored {
  private final byte[] expected;
  private final UnaryOperator<byte[]> function;

  /// @param expected the stored hash
  /// @param function computes the hash of a password
  ImportedHash(byte[] expected, UnaryOperator<byte[]> function) {
    this.expected = expected;
    this.function = function;
  }

  @Override
  public boolean matches(Password password) {
    return MessageDigest.isEqual(expected, function.apply(password.rawBytes()));
  }

  @Override
  public boolean outdated() {
    return true;
  }
}
