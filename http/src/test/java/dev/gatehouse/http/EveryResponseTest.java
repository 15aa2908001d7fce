package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.http.server.TestServer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every response has, anyone who gave it.
class EveryResponseTest {
  private final Queue<String> observed = new ConcurrentLinkedQueue<>();
  private final TestServer server =
      TestServer.with(
          TestServer.settings(),
          1,
          builder ->
              builder
                  .observer(
                      (method, template) ->
                          (status, nanos, _) ->
                              observed.add(method + " " + template + " " + status))
                  .filters(
                      List.of((_, next) -> request -> next.handle(request).withHeader("x-f", "1")))
                  .routes(
                      List.of(
                          Route.get("/users/{id}", request -> Response.json(200, context(request)))
                              .access(Guard.PUBLIC),
                          Route.get("/now", _ -> Response.noContent())
                              .access(Guard.PUBLIC)
                              .immediate(_ -> Response.noContent()),
                          Route.get("/page", _ -> Response.noContent())
                              .access(Guard.PUBLIC)
                              .immediate(
                                  _ -> Response.noContent().withHeader("Cache-Control", "public")),
                          Route.post("/body", _ -> Response.noContent()).access(Guard.PUBLIC))));

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A.b_c-9", "00000000-0000-0000-0000-000000000000"})
  void echoesAcceptableRequestId(String id) throws Exception {
    assertThat(server.get("/now", "X-Request-Id: " + id).header("x-request-id")).isEqualTo(id);
    var response = server.get("/users/1", "X-Request-Id: " + id);
    assertThat(response.header("x-request-id")).isEqualTo(id);
    assertThat(response.text()).contains("RequestContext[requestId=" + id + ", clientAddress=127");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a,b", "é", "a/b", "\"a\""})
  void replacesOtherRequestIds(String id) throws Exception {
    assertThat(server.get("/now", "X-Request-Id: " + id).header("x-request-id"))
        .isNotEqualTo(id)
        .matches("[0-9a-f]{16}");
  }

  @Test
  void limitsLengthOfRequestId() throws Exception {
    String longest = "a".repeat(128);
    assertThat(server.get("/now", "X-Request-Id: " + longest).header("x-request-id"))
        .isEqualTo(longest);
    assertThat(server.get("/now", "X-Request-Id: a" + longest).header("x-request-id")).hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/now", "/users/1", "/nowhere", "/a/../b"})
  void carriesSecurityHeadersAndDate(String path) throws Exception {
    var response = server.get(path);
    assertThat(response.header("cache-control")).isEqualTo("no-store");
    assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(response.header("content-security-policy")).contains("default-src 'none'");
    assertThat(response.header("date")).endsWith("GMT");
  }

  @Test
  void allowsAResponseToReplaceADefaultHeader() throws Exception {
    assertThat(server.get("/page").header("cache-control")).isEqualTo("public");
  }

  @Test
  void passesGivenFiltersOnBothPaths() throws Exception {
    assertThat(server.get("/now").header("x-f")).isEqualTo("1");
    assertThat(server.get("/users/1").header("x-f")).isEqualTo("1");
  }

  @Test
  void isObservedUnderItsTemplate() throws Exception {
    server.get("/users/1");
    server.get("/now");
    server.get("/nowhere");
    server.exchange("PUT", "/now");
    server.exchange("GET", "/now", "Host: again");
    server.exchange("BAD METHOD", "/now");
    server.exchange("POST", "/body", "Content-Type: text/plain", "Content-Length: 5");
    server.exchange("POST", "/body", "Content-Type: application/json", "Content-Length: 70000");

    await().until(() -> observed.size() == 8);
    assertThat(observed)
        .containsExactly(
            "GET /users/{id} 200",
            "GET /now 204",
            "OTHER other 404",
            "OTHER other 405",
            "OTHER other 400",
            "OTHER other 400",
            "POST /body 415",
            "POST /body 413");
  }

  private static List<String> context(Request request) {
    return List.of(RequestContext.current().orElseThrow().toString(), request.requestId());
  }
}
