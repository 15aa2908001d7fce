package dev.gatehouse.testkit.net;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// An HTTP/1 request that must get exactly one response and then a closed connection: further bytes
/// must not be parsed as a second request.
///
/// @param status of the response
/// @param bytes as they are sent, one for each character
public record MalformedRequest(String name, int status, String bytes) {
  private static final String JSON =
      "POST /fine HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  /// All requests that API and gateway reject.
  public static Stream<MalformedRequest> all() {
    return Stream.of(heads(), lengths(), codings(), targets(), absoluteTargets(), large())
        .flatMap(Function.identity());
  }

  private static Stream<MalformedRequest> heads() {
    return Stream.of(
        bad("no host", "GET /fine HTTP/1.1\r\n\r\n"),
        bad("two hosts", "GET /fine HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        bad("same host twice", "GET /fine HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        bad("host with a path", "GET /fine HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        bad("host with user", "GET /fine HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        bad("host with a bad port", "GET /fine HTTP/1.1\r\nHost: a:8x\r\n\r\n"),
        bad("host with two ports", "GET /fine HTTP/1.1\r\nHost: a:1:2\r\n\r\n"),
        bad("host with an open bracket", "GET /fine HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        bad("host with a list", "GET /fine HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        bad("host of no characters of hosts", "GET /fine HTTP/1.1\r\nHost: a<b\r\n\r\n"),
        bad("host above ASCII", "GET /fine HTTP/1.1\r\nHost: \u00e9\r\n\r\n"),
        bad("host and an absolute target", "GET http://a/fine HTTP/1.1\r\n\r\n"),
        bad(
            "two hosts and an absolute target",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        bad("blank in a name", "GET /fine HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n"),
        bad("quote in a name", "GET /fine HTTP/1.1\r\nHost: a\r\nX\"A: b\r\n\r\n"),
        bad("bracket in a name", "GET /fine HTTP/1.1\r\nHost: a\r\nX(A): b\r\n\r\n"),
        bad("slash in a name", "GET /fine HTTP/1.1\r\nHost: a\r\nX/A: b\r\n\r\n"),
        bad("name above ASCII", "GET /fine HTTP/1.1\r\nHost: a\r\nX\u00e9: b\r\n\r\n"),
        bad("control character in a value", "GET /fine HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n"),
        bad("DEL in a value", "GET /fine HTTP/1.1\r\nHost: a\r\nX: \u007f\r\n\r\n"),
        bad("folded header", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n"),
        bad("folded first header", "GET /fine HTTP/1.1\r\n X: y\r\nHost: a\r\n\r\n"),
        bad("bare LF", "GET /fine HTTP/1.1\nHost: a\n\n"),
        bad("bare LF in one header", "GET /fine HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n"),
        bad("bare CR in a header", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: b\rX-B: c\r\n\r\n"),
        bad("NUL in a header", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n"),
        bad("no colon", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A\r\n\r\n"),
        bad("empty name", "GET /fine HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n"),
        bad("no version", "GET /fine\r\nHost: a\r\n\r\n"),
        bad("version 1.2", "GET /fine HTTP/1.2\r\nHost: a\r\n\r\n"),
        bad("version 2.0", "GET /fine HTTP/2.0\r\nHost: a\r\n\r\n"),
        bad("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        bad("lower-case version", "GET /fine http/1.1\r\nHost: a\r\n\r\n"));
  }

  private static Stream<MalformedRequest> lengths() {
    var one = List.of("21, 21", "21,21", "21,", ",21", "21,22", "0x15", "2 1", "2\t1", "+5", "-1");
    var other =
        List.of("-0", "", "  ", "1e2", "2.0", "2_1", "2;", "\"21\"", "21x", "NaN", "\u00b2");
    var large = List.of("9".repeat(20), "9223372036854775808", "1".repeat(5_000));
    var ofOtherScripts = List.of("\u00d9\u00a5", "\u00ef\u00bc\u0095");
    return Stream.of(one, other, large, ofOtherScripts, List.of("2\r\nContent-Length: 2"))
        .flatMap(List::stream)
        .flatMap(MalformedRequest::ofLength);
  }

  /// With a body, without one, and in HTTP/1.0.
  private static Stream<MalformedRequest> ofLength(String length) {
    String field = "Content-Length: " + length + "\r\n\r\n";
    String name = "length " + length.substring(0, Math.min(30, length.length()));
    return Stream.of(
        bad(name, JSON + field + "{}"),
        bad(name + " in GET", "GET /fine HTTP/1.1\r\nHost: a\r\n" + field),
        bad(name + " in 1.0", "POST /fine HTTP/1.0\r\n" + field + "{}"));
  }

  private static Stream<MalformedRequest> codings() {
    return Stream.of(
        bad("CL.TE", JSON + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),
        bad("TE.CL", JSON + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
        bad("unknown coding", JSON + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        bad("chunked not last", JSON + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        bad("packed and chunked", JSON + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        bad("identity", JSON + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        bad("chunked twice", JSON + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        bad(
            "two codings",
            JSON + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
        bad("coding after tab", JSON + "Transfer-Encoding:\tx chunked\r\n\r\n0\r\n\r\n"),
        bad("space before colon", JSON + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        bad("folded coding", JSON + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
        bad("chunked in 1.0", "POST /fine HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        bad("chunk size not hex", JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        bad("signed chunk size", JSON + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n"),
        bad(
            "chunk without its end",
            JSON + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n"));
  }

  private static Stream<MalformedRequest> targets() {
    return Stream.of(
        bad("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("fragment", "GET /fine#x HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("backslash", "GET /..\\fine HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("NUL in the path", "GET /fine%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("bare NUL in the path", "GET /fi\0ne HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("cut escape", "GET /fine%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("wrong escape", "GET /fine%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("overlong UTF-8", "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("cut UTF-8", "GET /%e2%82 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("surrogate in UTF-8", "GET /%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("bytes above ASCII", "GET /f\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("dot segments", "GET /a/../fine HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("escaped dot segments", "GET /a/%2e%2E/fine HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("dot segment at the end", "GET /a/.. HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  private static Stream<MalformedRequest> absoluteTargets() {
    return Stream.of(
            "http://",
            "http:///fine",
            "http:/fine",
            "http:fine",
            "https://:80/fine",
            "ftp://a/fine",
            "file:///fine",
            "http//a/fine",
            "http://u@a/fine",
            "http://u:p@a/fine",
            "http://a:b/fine",
            "http://a:99999/fine",
            "http://a:+80/fine",
            "http://[::1/fine",
            "http://::1/fine",
            "http://[zz]/fine",
            "http://a\\b/fine",
            "http://a#b",
            "http://a/fine#b",
            "http://a/b/../fine",
            "http://a b/fine",
            "a:80",
            "a",
            "*",
            "?a",
            "fine")
        .map(target -> bad("target " + target, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  private static Stream<MalformedRequest> large() {
    return Stream.of(
        new MalformedRequest(
            "long target", 414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        new MalformedRequest(
            "large head",
            431,
            "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(40_000) + "\r\n\r\n"),
        new MalformedRequest(
            "many headers",
            431,
            "GET /fine HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(4000) + "\r\n"));
  }

  private static MalformedRequest bad(String name, String bytes) {
    return new MalformedRequest(name, 400, bytes);
  }

  @Override
  public String toString() {
    return name;
  }
}
