package dev.gatehouse.http.body;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-decoding (RFC 3986, 2.1) into strict UTF-8: no broken escapes, no overlong or cut
/// sequences, no NUL.
public final class PercentDecoder {
  private PercentDecoder() {}

  /// Decodes a part of a path, where a plus is a plus.
  public static String path(String encoded) {
    return encoded.indexOf('%') < 0 ? encoded : decode(encoded, false);
  }

  /// Decodes a part of a form or a query, where a plus is a space.
  public static String form(String encoded) {
    return encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0 ? encoded : decode(encoded, true);
  }

  private static String decode(String encoded, boolean plusIsSpace) {
    var bytes = new byte[encoded.length()];
    int length = 0;
    for (int index = 0; index < encoded.length(); index++) {
      char character = encoded.charAt(index);
      if (character == '%') {
        bytes[length++] = escaped(encoded, index);
        index += 2;
        continue;
      }
      bytes[length++] = (byte) (character == '+' && plusIsSpace ? ' ' : character);
    }
    return utf8(bytes, length);
  }

  private static byte escaped(String encoded, int percent) {
    if (percent + 2 >= encoded.length()
        || !HexFormat.isHexDigit(encoded.charAt(percent + 1))
        || !HexFormat.isHexDigit(encoded.charAt(percent + 2))) {
      throw malformed();
    }
    int value = HexFormat.fromHexDigits(encoded, percent + 1, percent + 3);
    if (value == 0) {
      throw malformed();
    }
    return (byte) value;
  }

  private static String utf8(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw malformed();
    }
  }

  private static Refusal malformed() {
    return new Refusal(ErrorCode.MALFORMED_REQUEST, "An escape in the request cannot be decoded.");
  }
}
