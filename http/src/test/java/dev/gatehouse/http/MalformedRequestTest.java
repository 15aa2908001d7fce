package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.server.TestServer;
import dev.gatehouse.testkit.net.MalformedRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each of these must get exactly one response and a closed connection: what follows on the
/// connection must never be taken for a second request.
class MalformedRequestTest {
  private static final AtomicInteger smuggled = new AtomicInteger();
  private static final TestServer server =
      TestServer.with(
          Route.get("/fine", _ -> Response.noContent()).access(Guard.PUBLIC),
          Route.post("/fine", _ -> Response.noContent()).access(Guard.PUBLIC),
          Route.get(
                  "/smuggled",
                  _ -> {
                    smuggled.incrementAndGet();
                    return Response.noContent();
                  })
              .access(Guard.PUBLIC));

  static Stream<MalformedRequest> shapes() {
    return MalformedRequest.all();
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
  void respondsOnceAndCloses(MalformedRequest shape) throws Exception {
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
