package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.http.server.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
  private static final TestServer server =
      TestServer.with(
          Route.get("/", _ -> text("root")).access(Guard.PUBLIC),
          Route.get("/v1/users/me", _ -> text("me")).access(Guard.PUBLIC),
          Route.get("/v1/users/{id}", request -> text("user " + request.pathParameter("id")))
              .access(Guard.PUBLIC),
          Route.delete("/v1/users/{id}", request -> text("gone " + request.pathParameter("id")))
              .access(Guard.PUBLIC),
          Route.get("/v1/users/me/keys/{key}", request -> text(request.pathParameter("key")))
              .access(Guard.PUBLIC),
          Route.get("/v1/users/{id}/sessions", _ -> text("sessions")).access(Guard.PUBLIC),
          Route.get("/search", request -> text(request.queryParameter("q").orElse("none")))
              .access(Guard.PUBLIC)
              .query("q", "limit"),
          Route.get("/now", _ -> text("late")).access(Guard.PUBLIC).immediate(_ -> text("now")),
          Route.get("/later", _ -> text("later")).access(Guard.PUBLIC).immediate(_ -> null));

  @AfterAll
  static void close() {
    server.close();
  }

  private static Response text(String text) {
    return Response.of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/v1/users/me, me",
    "/v1/users/%6de, me",
    "/v1/users/42, user 42",
    "/v1/users/a%20b%2Fc+d%C3%A9, user a b/c+dé",
    "/v1/users/me/keys/7, 7",
    "/v1/users/me/sessions, sessions",
    "/v1/users/.well-known, user .well-known",
    "/now, now",
    "/later, later"
  })
  void findsRouteOfPath(String path, String body) throws Exception {
    assertThat(server.get(path).text()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "http://accounts.example/v1/users/me, me",
    "HTTPS://[2001:db8::1]:81/search?q=a, a",
    "http://accounts.example, root"
  })
  void findsTheRouteOfAnAbsoluteTarget(String target, String body) throws Exception {
    assertThat(server.get(target).text()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "http://accounts.example"})
  void respondsToOptionsForTheServerAsAWhole(String target) throws Exception {
    var response = server.exchange("OPTIONS", target);

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/users", "/v1/users/", "//", "/V1/users/me", "/v1/users/me/"})
  void respondsNotFoundForUnknownPaths(String path) throws Exception {
    var response = server.get(path);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.text()).contains("NOT_FOUND");
  }

  @Test
  void namesMethodsThatAreAllowed() throws Exception {
    var response = server.exchange("PUT", "/v1/users/42");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.text()).contains("METHOD_NOT_ALLOWED");
    assertThat(response.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertThat(server.exchange("BREW", "/v1/users/me").header("allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void respondsToOptions() throws Exception {
    try (var client = server.connect()) {
      var response = client.send(TestServer.head("OPTIONS", "/v1/users/42")).read();
      assertThat(response.status()).isEqualTo(204);
      assertThat(response.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
      assertThat(response.headers()).doesNotContainKey("content-length");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/users/me", "/now"})
  void respondsToHeadAsToGetWithoutItsBody(String path) throws Exception {
    try (var client = server.connect()) {
      var head = client.send(TestServer.head("HEAD", path)).readHead();
      var get = client.send(TestServer.head("GET", path)).read();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
      assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
    }
  }

  @ParameterizedTest
  @CsvSource({"/search, none", "/search?q=a%26b+c, a&b c", "/search?limit=1, none"})
  void readsQuery(String target, String body) throws Exception {
    assertThat(server.get(target).text()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/search?x=1",
        "/search?q=1&q=2",
        "/search?q=%zz",
        "/search?q=%ff",
        "/search?q=a%00",
        "/search?=1",
        "/now?x=1"
      })
  void refusesQueriesThatAreNotDeclared(String target) throws Exception {
    var response = server.get(target);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).contains("MALFORMED_REQUEST");
  }

  @Test
  void refusesTwoRoutesForOneOperation() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TestServer.with(
                    Route.get("/a/{x}", _ -> text("")).access(Guard.PUBLIC),
                    Route.get("/a/{y}", _ -> text("")).access(Guard.PUBLIC)));
  }
}
