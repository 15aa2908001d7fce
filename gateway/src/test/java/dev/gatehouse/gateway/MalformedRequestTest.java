package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.net.MalformedRequest;
import dev.gatehouse.testkit.net.ScriptedServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an instance refuses, the gateway refuses itself: nothing of it reaches an instance.
class MalformedRequestTest {
  private static ScriptedServer instance;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    instance = new ScriptedServer();
    gateway = new TestGateway(instance);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    instance.close();
  }

  static Stream<MalformedRequest> shapes() {
    return MalformedRequest.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void respondsOnceAndCloses(MalformedRequest shape) throws Exception {
    try (var client = gateway.connect()) {
      client.send(shape.bytes() + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");

      var response = client.read();

      assertThat(response.status()).isEqualTo(shape.status());
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
      assertThat(response.header("connection")).isEqualTo("close");
      assertThat(response.header("x-request-id")).isNotEmpty();
      assertThat(response.text()).contains("\"code\":\"MALFORMED_REQUEST\"");
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(instance.received()).isEmpty();
    }
  }
}
