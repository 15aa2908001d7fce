package dev.gatehouse.http.internal;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.body.PercentDecoder;
import org.jspecify.annotations.Nullable;

/// The target of a request (RFC 9112, 3.2), taken apart: a path, or the server as a whole. An
/// absolute target is reduced to its path, and its authority goes before the field `Host` (RFC
/// 9112, 3.2.2).
///
/// @param uri path and query as they go on to another server; `*` for the server as a whole
/// @param path as the client wrote it; free of dot segments, bad escapes and what must be escaped
/// @param query what follows the question mark, possibly empty
/// @param authority host and port of an absolute target
public record Target(String uri, String path, String query, @Nullable String authority) {
  /// Of a request that names none that could be read.
  static final Target UNKNOWN = new Target("/", "/", "", null);

  private static final String SERVER = "*";

  /// @param options whether the method is OPTIONS, the only one that can be for the server as a
  ///     whole
  /// @throws Refusal `MALFORMED_REQUEST`
  static Target of(String uri, boolean options) {
    if (uri.startsWith("/")) {
      return path(uri, null);
    }
    if (options && uri.equals(SERVER)) {
      return new Target(SERVER, SERVER, "", null);
    }
    return absolute(uri, options);
  }

  /// Whether it is the server as a whole.
  boolean isServer() {
    return uri.equals(SERVER);
  }

  private static Target absolute(String uri, boolean options) {
    int begin = authorityBegin(uri);
    int end = begin;
    while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    String authority = uri.substring(begin, end);
    if (!Authority.isValid(authority)) {
      throw malformed("The target of the request names no host.");
    }
    String rest = uri.substring(end);
    if (rest.isEmpty() && options) {
      return new Target(SERVER, SERVER, "", authority);
    }
    return path(rest.startsWith("/") ? rest : "/" + rest, authority);
  }

  private static int authorityBegin(String uri) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    throw malformed("The target of the request must be a path or an http URL.");
  }

  private static Target path(String uri, @Nullable String authority) {
    requireUriCharacters(uri);
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    if (path.indexOf('%') >= 0 || path.contains("/.")) {
      requireNoDotSegments(path);
    }
    return new Target(uri, path, question < 0 ? "" : uri.substring(question + 1), authority);
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
