package dev.gatehouse.tokens;

import java.util.Base64;
import java.util.Optional;

/// The parts of a token (RFC 7515, compact serialization), not yet verified.
final class CompactJws {
  private final String header;
  private final String input;
  private final byte[] payload;
  private final byte[] signature;

  private CompactJws(String header, String input, byte[] payload, byte[] signature) {
    this.header = header;
    this.input = input;
    this.payload = payload;
    this.signature = signature;
  }

  /// Splits a token; empty unless it consists of three canonical base64url segments: no padding, no
  /// stray bits at the end.
  static Optional<CompactJws> of(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    String header = token.substring(0, first);
    String input = token.substring(0, second);
    Optional<byte[]> payload = decode(token.substring(first + 1, second));
    Optional<byte[]> signature = decode(token.substring(second + 1));
    return payload.flatMap(p -> signature.map(s -> new CompactJws(header, input, p, s)));
  }

  private static Optional<byte[]> decode(String segment) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(segment);
      String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      return canonical.equals(segment) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /// The first segment, as sent.
  String header() {
    return header;
  }

  /// The signed text: the first two segments, as sent.
  String input() {
    return input;
  }

  /// The second segment, decoded.
  byte[] payload() {
    return payload;
  }

  /// The third segment, decoded.
  byte[] signature() {
    return signature;
  }
}
