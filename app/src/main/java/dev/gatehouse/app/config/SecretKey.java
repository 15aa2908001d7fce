package dev.gatehouse.app.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// The 32 bytes with which this installation seals its own secrets. Immutable; says nothing of
/// itself in [#toString].
public final class SecretKey {
  /// The number of bytes.
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private SecretKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A key of exactly [#LENGTH] bytes.
  public static SecretKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a secret key has %d bytes".formatted(LENGTH));
    }
    return new SecretKey(bytes.clone());
  }

  /// How keys are written: each in base64, with or without padding, also in the URL's alphabet;
  /// several are separated by commas.
  public static SettingType<List<SecretKey>> listKind() {
    return new SettingType<>("32 bytes in base64, or several such", SecretKey::parseAll, _ -> "");
  }

  private static List<SecretKey> parseAll(String text) throws InvalidValue {
    var keys = new ArrayList<SecretKey>();
    for (String each : text.split(",", -1)) {
      keys.add(parse(each.strip()));
    }
    return List.copyOf(keys);
  }

  /// Reads a key as it is written.
  public static SecretKey parse(String text) throws InvalidValue {
    String expectation = "32 bytes in base64; make one with: openssl rand -base64 32";
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidValue(expectation);
    }
    if (decoded.length != LENGTH) {
      throw new InvalidValue(expectation);
    }
    return new SecretKey(decoded);
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The key as it is written, for the file it is kept in.
  public String written() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "SecretKey[hidden]";
  }
}
