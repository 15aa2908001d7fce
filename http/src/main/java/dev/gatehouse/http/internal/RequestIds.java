package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import io.vertx.core.MultiMap;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/// Takes the request id a client sends, or makes one.
final class RequestIds {
  private static final int MAX_LENGTH = 128;
  private static final HexFormat HEX = HexFormat.of();

  private final LongSupplier random;

  /// @param random need not be unguessable: ids of requests grant nothing
  RequestIds(LongSupplier random) {
    this.random = random;
  }

  String of(MultiMap headers) {
    String sent = headers.get(HeaderNames.REQUEST_ID);
    return sent != null && isAcceptable(sent) ? sent : HEX.toHexDigits(random.getAsLong());
  }

  private static boolean isAcceptable(String sent) {
    if (sent.isEmpty() || sent.length() > MAX_LENGTH) {
      return false;
    }
    for (int index = 0; index < sent.length(); index++) {
      if (!isAcceptable(sent.charAt(index))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAcceptable(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '.'
        || character == '_'
        || character == '-';
  }
}
