package dev.gatehouse.http.body;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Takes `a=1&b=2` apart, for queries and for form bodies.
public final class FormDecoder {
  private static final int MAX_FIELDS = 64;

  private FormDecoder() {}

  public static Map<String, String> decode(byte[] body) {
    return decode(new String(body, StandardCharsets.ISO_8859_1));
  }

  /// Decodes the fields of a form.
  ///
  /// @throws Refusal `MALFORMED_REQUEST` for a name given twice, a character that must be escaped,
  ///     a bad escape, or more fields than any call has
  public static Map<String, String> decode(String encoded) {
    if (encoded.isEmpty()) {
      return Map.of();
    }
    requireGraphicAscii(encoded);
    var fields = new HashMap<String, String>();
    for (String pair : encoded.split("&", MAX_FIELDS + 1)) {
      int equals = pair.indexOf('=');
      String name = PercentDecoder.form(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : PercentDecoder.form(pair.substring(equals + 1));
      boolean twice = fields.putIfAbsent(name, value) != null;
      if (twice || name.isEmpty() || fields.size() > MAX_FIELDS) {
        throw malformed("A parameter is given twice or has no name.");
      }
    }
    return fields;
  }

  private static void requireGraphicAscii(String encoded) {
    for (int index = 0; index < encoded.length(); index++) {
      char character = encoded.charAt(index);
      if (character <= ' ' || character >= 0x7f) {
        throw malformed("A character in the parameters must be percent-encoded.");
      }
    }
  }

  private static Refusal malformed(String detail) {
    return new Refusal(ErrorCode.MALFORMED_REQUEST, detail);
  }
}
