package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ErrorRendererTest {
  private static final TestServer server =
      TestServer.with(
          TestServer.settings(),
          1,
          builder ->
              builder.routes(
                  List.of(
                      page("/missing").errors(ErrorRendererTest::render),
                      page("/at-once")
                          .immediate(ErrorRendererTest::missing)
                          .errors(ErrorRendererTest::render),
                      Route.get("/busy", ErrorRendererTest::busy)
                          .access(Guard.PUBLIC)
                          .errors(ErrorRendererTest::render),
                      Route.get("/guarded", ErrorRendererTest::missing)
                          .access(new Identified())
                          .errors(ErrorRendererTest::render),
                      Route.post("/form", ErrorRendererTest::missing)
                          .access(Guard.PUBLIC)
                          .errors(ErrorRendererTest::render),
                      page("/broken")
                          .errors(
                              (_, _, _) -> {
                                throw new IllegalStateException("no template");
                              }),
                      page("/api"))));

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void rendersErrorsInTheFormOfTheRoute() throws Exception {
    for (String path : List.of("/missing", "/at-once")) {
      var response = server.get(path, "X-Request-Id: r-9");

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.header("content-type")).isEqualTo("text/html");
      assertThat(response.text()).isEqualTo("<p>NOT_FOUND 404 r-9");
    }
    assertThat(server.get("/api").header("content-type")).isEqualTo("application/problem+json");
    assertThat(server.get("/nowhere").header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void addsTheFieldsThatErrorsNeed() throws Exception {
    var busy = server.get("/busy");
    assertThat(busy.text()).startsWith("<p>OVERLOADED 503");
    assertThat(busy.header("retry-after")).isEqualTo("7");

    var unknown = server.get("/guarded");
    assertThat(unknown.text()).startsWith("<p>INVALID_TOKEN 401");
    assertThat(unknown.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
  }

  @Test
  void rendersErrorsFromBeforeTheHandlerToo() throws Exception {
    var response = server.post("/form", "text/plain", new byte[] {1});

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.text()).startsWith("<p>UNSUPPORTED_MEDIA_TYPE 415");
  }

  @Test
  void sendsAProblemWhereTheRendererFails() throws Exception {
    var response = server.get("/broken");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("content-type")).isEqualTo("application/problem+json");
    assertThat(response.text()).contains("NOT_FOUND").doesNotContain("template");
  }

  private static Route page(String path) {
    return Route.get(path, ErrorRendererTest::missing).access(Guard.PUBLIC);
  }

  private static Response missing(Request request) {
    throw Refusal.notFound();
  }

  private static Response busy(Request request) {
    throw Unavailable.overloaded(Duration.ofSeconds(7));
  }

  private static Response render(GatehouseException error, int status, String requestId) {
    String html = "<p>" + error.code() + " " + status + " " + requestId;
    return Response.of(status, "text/html", html.getBytes(StandardCharsets.UTF_8));
  }
}
