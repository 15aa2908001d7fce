package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.body.MediaType;
import dev.gatehouse.http.server.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final TestServer server =
      TestServer.with(
          Route.post("/json", BodyTest::echoName).access(Guard.PUBLIC),
          Route.post("/small", BodyTest::echoName).access(Guard.PUBLIC).maxBody(16),
          Route.post("/form", request -> Response.json(200, request.form().required("token")))
              .access(Guard.PUBLIC)
              .consumes(MediaType.FORM),
          Route.post("/none", _ -> Response.noContent())
              .access(Guard.PUBLIC)
              .consumes(MediaType.NONE),
          Route.delete("/thing", _ -> Response.noContent()).access(Guard.PUBLIC));

  @AfterAll
  static void close() {
    server.close();
  }

  private static Response echoName(Request request) {
    return Response.json(200, request.json(body -> body.requiredString("name")));
  }

  @Test
  void readsBodyOfAnnouncedLength() throws Exception {
    assertThat(server.postJson("/json", "{\"name\":\"Zoë\"}").text()).isEqualTo("\"Zoë\"");
  }

  @Test
  void readsChunkedBodyAndGoesOn() throws Exception {
    try (var client = server.connect()) {
      for (int round = 0; round < 3; round++) {
        client.send(chunkedHead("/json") + "5\r\n{\"nam\r\n7\r\ne\":\"a\"}\r\n0\r\n\r\n");
        assertThat(client.read().text()).isEqualTo("\"a\"");
      }
    }
  }

  @Test
  void readsBodySentByteByByte() throws Exception {
    try (var client = server.connect()) {
      client.send(head("/json", 12, "application/json"));
      for (char character : "{\"name\":\"b\"}".toCharArray()) {
        client.send(String.valueOf(character));
      }
      assertThat(client.read().text()).isEqualTo("\"b\"");
    }
  }

  @Test
  void refusesBodyAnnouncedTooLargeWithoutReadingIt() throws Exception {
    try (var client = server.connect()) {
      client.send(head("/json", 64 * 1024 + 1, "application/json"));

      var response = client.read();

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.text()).contains("BODY_TOO_LARGE");
      assertThat(response.header("connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void refusesChunkedBodyThatGrowsTooLarge() throws Exception {
    try (var client = server.connect()) {
      client.send(chunkedHead("/json"));
      String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
      for (int sent = 0; sent < 5; sent++) {
        client.send(chunk);
      }
      assertThat(client.read().status()).isEqualTo(413);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void letsClientReadRefusalWhileItStillSends() throws Exception {
    try (var client = server.connect()) {
      client.send(head("/json", 2_000_000, "application/json"));
      client.send(new byte[500_000]);

      assertThat(client.read().status()).isEqualTo(413);
    }
  }

  @Test
  void keepsRouteToItsOwnLimit() throws Exception {
    assertThat(server.postJson("/small", "{\"name\":\"a\"}").status()).isEqualTo(200);
    assertThat(server.postJson("/small", "{\"name\":\"aaaaaaa\"}").status()).isEqualTo(413);
  }

  @Test
  void asksForBodyWhenClientWaitsForThat() throws Exception {
    try (var client = server.connect()) {
      client.send(
          TestServer.head(
              "POST",
              "/json",
              "Content-Type: application/json",
              "Content-Length: 12",
              "Expect: 100-continue"));
      assertThat(client.readHead().status()).isEqualTo(100);
      assertThat(client.send("{\"name\":\"c\"}").read().text()).isEqualTo("\"c\"");
    }
  }

  @Test
  void refusesRatherThanAskForBodyThatIsTooLarge() throws Exception {
    try (var client = server.connect()) {
      client.send(
          TestServer.head(
              "POST",
              "/json",
              "Content-Type: application/json",
              "Content-Length: 70000",
              "Expect: 100-continue"));
      assertThat(client.read().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json; charset=utf8; x=y;",
        "Application/JSON"
      })
  void takesJsonUnderItsNames(String type) throws Exception {
    byte[] body = "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(server.post("/json", type, body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/jsonx",
        "application/json; charset=latin1",
        "application/x-www-form-urlencoded",
        "application/json, text/plain"
      })
  void refusesOtherTypes(String type) throws Exception {
    byte[] body = "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    var response = server.post("/json", type, body);
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.text()).contains("UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @CsvSource({"gzip,415", "'gzip, identity',415", "br,415", "identity,200"})
  void refusesPackedBodies(String encoding, int status) throws Exception {
    try (var client = server.connect()) {
      client.send(
          TestServer.head(
              "POST",
              "/json",
              "Content-Type: application/json",
              "Content-Length: 12",
              "Content-Encoding: " + encoding));
      assertThat(client.send("{\"name\":\"c\"}").read().status()).isEqualTo(status);
    }
  }

  @Test
  void readsForm() throws Exception {
    byte[] form = "token=a%2Bb+c".getBytes(StandardCharsets.UTF_8);
    var response = server.post("/form", "application/x-www-form-urlencoded", form);
    assertThat(response.text()).isEqualTo("\"a+b c\"");
  }

  @Test
  void refusesBodyWhereNoneBelongs() throws Exception {
    assertThat(server.postJson("/none", "{}").status()).isEqualTo(400);
    assertThat(server.exchange("DELETE", "/thing", "Content-Length: 0").status()).isEqualTo(204);
  }

  private static String head(String path, int length, String type) {
    return TestServer.head("POST", path, "Content-Type: " + type, "Content-Length: " + length);
  }

  private static String chunkedHead(String path) {
    return TestServer.head(
        "POST", path, "Content-Type: application/json", "Transfer-Encoding: chunked");
  }
}
