package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each of these must get exactly one answer and a closed connection: what follows on the connection
/// must never be taken for a second request.
class MalformedRequestTest {
  private static final AtomicInteger smuggled = new AtomicInteger();
  private static final TestServer server =
      TestServer.with(
          Route.get("/fine", _ -> Response.noContent()),
          Route.post("/fine", _ -> Response.noContent()),
          Route.get(
              "/smuggled",
              _ -> {
                smuggled.incrementAndGet();
                return Response.noContent();
              }));

  record Shape(String name, int status, String bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shape> shapes() {
    String json = "POST /fine HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    return Stream.of(
        bad("no host", "GET /fine HTTP/1.1\r\n\r\n"),
        bad("two hosts", "GET /fine HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        bad("same host twice", "GET /fine HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        bad("host with a path", "GET /fine HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        bad("host with user", "GET /fine HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        bad("CL.TE", json + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),
        bad("TE.CL", json + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
        bad("two lengths", json + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}"),
        bad("same length twice", json + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        bad("length list", json + "Content-Length: 2, 2\r\n\r\n{}"),
        bad("signed length", json + "Content-Length: +2\r\n\r\n{}"),
        bad("negative length", json + "Content-Length: -1\r\n\r\n{}"),
        bad("hex length", json + "Content-Length: 0x2\r\n\r\n{}"),
        bad("empty length", json + "Content-Length:\r\n\r\n{}"),
        bad("huge length", json + "Content-Length: 99999999999999999999\r\n\r\n{}"),
        bad("unknown coding", json + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        bad("chunked not last", json + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        bad("packed and chunked", json + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        bad("identity", json + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        bad("chunked twice", json + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        bad(
            "two codings",
            json + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
        bad("coding after tab", json + "Transfer-Encoding:\tx chunked\r\n\r\n0\r\n\r\n"),
        bad("space before colon", json + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        bad("folded coding", json + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
        bad("folded header", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n"),
        bad("folded first header", "GET /fine HTTP/1.1\r\n X: y\r\nHost: a\r\n\r\n"),
        bad("bare LF", "GET /fine HTTP/1.1\nHost: a\n\n"),
        bad("bare LF in one header", "GET /fine HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n"),
        bad("bare CR in a header", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: b\rX-B: c\r\n\r\n"),
        bad("NUL in a header", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n"),
        bad("no colon", "GET /fine HTTP/1.1\r\nHost: a\r\nX-A\r\n\r\n"),
        bad("empty name", "GET /fine HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n"),
        bad("chunked in 1.0", "POST /fine HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        bad("no version", "GET /fine\r\nHost: a\r\n\r\n"),
        bad("version 1.2", "GET /fine HTTP/1.2\r\nHost: a\r\n\r\n"),
        bad("version 2.0", "GET /fine HTTP/2.0\r\nHost: a\r\n\r\n"),
        bad("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        bad("lower-case version", "GET /fine http/1.1\r\nHost: a\r\n\r\n"),
        bad("absolute target", "GET http://a/fine HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
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
        bad("dot segment at the end", "GET /a/.. HTTP/1.1\r\nHost: a\r\n\r\n"),
        bad("chunk size not hex", json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        bad("signed chunk size", json + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n"),
        bad("chunk without its end", json + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n"),
        new Shape("long target", 414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        new Shape(
            "large head",
            431,
            "GET /fine HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(40_000) + "\r\n\r\n"),
        new Shape(
            "many headers",
            431,
            "GET /fine HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(4000) + "\r\n"));
  }

  private static Shape bad(String name, String bytes) {
    return new Shape(name, 400, bytes);
  }

  @BeforeEach
  void forget() {
    smuggled.set(0);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void answersOnceAndCloses(Shape shape) throws Exception {
    try (var client = server.connect()) {
      client.send(shape.bytes() + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");

      var response = client.read();

      assertThat(response.status()).isEqualTo(shape.status());
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
      assertThat(response.header("connection")).isEqualTo("close");
      assertThat(response.header("x-request-id")).isNotEmpty();
      assertThat(response.text()).contains("\"code\":\"MALFORMED_REQUEST\"");
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(smuggled).hasValue(0);
    }
  }
}
