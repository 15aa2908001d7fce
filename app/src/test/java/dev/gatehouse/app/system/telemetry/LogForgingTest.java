package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// No one can split, colour or forge a line of the log by what they send.
@ExtendWith(ObservedExtension.class)
class LogForgingTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LINE =
      "{\"level\":\"ERROR\",\"logger\":\"forged\",\"message\":\"forged\"}";
  private static final String ESCAPE = "\u001b[31m";

  /// In the order in which they are sent; each is one request of its own.
  private static final List<String> HEADERS =
      List.of(
          "User-Agent: " + ESCAPE + LINE,
          "User-Agent: a\r" + LINE,
          "X-Request-Id: " + LINE,
          "X-Request-Id: a" + ESCAPE,
          "X-Forwarded-For: " + ESCAPE + ", " + LINE,
          "Forwarded: for=\"" + ESCAPE + "\"",
          "traceparent: 00-" + LINE,
          "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\ntracestate: a="
              + ESCAPE,
          "Authorization: Bearer " + ESCAPE + LINE,
          "Idempotency-Key: " + ESCAPE + LINE);

  @Test
  void everyLineIsOneObjectOfOurOwn(Observed observed) throws Exception {
    for (Node node : observed.nodes()) {
      for (String header : HEADERS) {
        send(node, "GET /v1/users/me", header, "");
        send(node, "GET /v1/%0a" + "%1b%5b31m/forged%0d%0a", header, "");
      }
      for (String text : List.of("\\n" + quoted(LINE), "\\u001b[31m", "\\u2028\\u202e", "\\r\\n")) {
        String body = "{\"email\":\"a%1$s@example.org\",\"password\":\"%1$s\"}".formatted(text);
        send(node, "POST /v1/sessions", "Content-Type: application/json", body);
        send(node, "POST /v1/users", "Content-Type: application/json", body);
      }
    }

    Map<String, String> texts = Told.by(observed).texts();
    for (String log : List.of("log of the instance", "log of the gateway")) {
      String text = texts.getOrDefault(log, "");
      assertThat(text.lines()).as(log).hasSizeGreaterThan(20).allSatisfy(LogForgingTest::isOurs);
      assertThat(text).as(log).doesNotContain("\u001b", "\u2028", "\u202e", "\r");
    }
  }

  private static void isOurs(String line) {
    JsonNode entry = JSON.readTree(line);
    assertThat(entry.isObject()).as(line).isTrue();
    assertThat(entry.propertyNames()).contains("timestamp", "level", "logger", "message");
    assertThat(entry.path("logger").asString()).isNotEqualTo("forged");
  }

  private static String quoted(String text) {
    return text.replace("\"", "\\\"");
  }

  /// With or without a response: what counts is what is written of it.
  private static void send(Node node, String start, String header, String body) throws IOException {
    String request =
        "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(start, header, body.getBytes(StandardCharsets.UTF_8).length, body);
    try (var client = new RawHttpClient(node.port())) {
      assertThat(client.send(request).read().status()).isBetween(200, 499);
    }
  }
}
