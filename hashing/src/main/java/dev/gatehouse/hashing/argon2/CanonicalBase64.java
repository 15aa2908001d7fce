package dev.gatehouse.hashing.argon2;

import java.util.Base64;
import java.util.Optional;

/// Base64 without padding in its canonical form: no white space, and no stray bits in the last
/// character.
public final class CanonicalBase64 {
  private CanonicalBase64() {}

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Like [#decode], for text that may be padded; padding is not checked.
  public static Optional<byte[]> decodePadded(String text) {
    int end = text.indexOf('=');
    return decode(end < 0 ? text : text.substring(0, end));
  }

  public static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
