package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/// A hash that another system made over the password's raw bytes. Always outdated: it is replaced
/// at the owner's next sign-in.
final class ImportedHash implements StoredFormat.Stored {
  private final byte[] expected;
  private final UnaryOperator<byte[]> function;

  /// @param expected the stored hash
  /// @param function makes it from the right password
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
