package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;

/// The target of a request in origin form (RFC 9112, 3.2.1), taken apart.
///
/// @param path as the client wrote it; free of dot segments, bad escapes and what must be escaped
/// @param query what follows the question mark, possibly empty
record Target(String path, String query) {
  /// @throws Refusal `MALFORMED_REQUEST`
  static Target of(String uri) {
    if (!uri.startsWith("/")) {
      throw malformed("The target of the request must be a path.");
    }
    requireUriCharacters(uri);
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    if (path.indexOf('%') >= 0 || path.contains("/.")) {
      requireNoDotSegments(path);
    }
    return new Target(path, question < 0 ? "" : uri.substring(question + 1));
  }

  private static void requireUriCharacters(String uri) {
    for (int index = 0; index < uri.length(); index++) {
      char character = uri.charAt(index);
      if (character <= ' ' || character >= 0x7f || character == '#' || character == '\\') {
        throw malformed("The target of the request holds a character that must be escaped.");
      }
    }
  }

  private static void requireNoDotSegments(String path) {
    for (String segment : path.substring(1).split("/", -1)) {
      String decoded = PercentDecoder.path(segment);
      if (decoded.equals(".") || decoded.equals("..")) {
        throw malformed("The path holds dot segments.");
      }
    }
  }

  private static Refusal malformed(String detail) {
    return new Refusal(ErrorCode.MALFORMED_REQUEST, detail);
  }
}
