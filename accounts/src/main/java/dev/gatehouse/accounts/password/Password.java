package dev.gatehouse.accounts.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// A password as someone typed it. Its text form is redacted.
///
/// The normal form (NFKC, as NIST SP 800-63B 5.1.1.2 asks) makes one password of the several byte
/// sequences that different keyboards send for the same characters.
public final class Password {
  /// The longest password that is looked at, in bytes of UTF-8.
  public static final int MAX_BYTES = 1024;

  private final String raw;

  /// Takes any string; whether it is acceptable is for [PasswordPolicy] to say.
  public Password(String raw) {
    this.raw = raw;
  }

  /// Whether the password is so long that it is refused before any work is done on it. Bounds the
  /// normal form too, which can be many times longer than what was typed.
  public boolean tooLong() {
    return raw.length() > MAX_BYTES
        || rawBytes().length > MAX_BYTES
        || normalBytes().length > 4 * MAX_BYTES;
  }

  /// The normal form, as text.
  public String normal() {
    return Normalizer.normalize(raw, Normalizer.Form.NFKC);
  }

  /// The normal form in UTF-8: what is hashed.
  public byte[] normalBytes() {
    return normal().getBytes(StandardCharsets.UTF_8);
  }

  /// What was typed, in UTF-8: what other systems hashed.
  public byte[] rawBytes() {
    return raw.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Password[redacted]";
  }
}
