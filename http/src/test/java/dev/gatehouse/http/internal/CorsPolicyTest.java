package dev.gatehouse.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Identified;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.observation.AccessLine;
import dev.gatehouse.http.server.TestServer;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What scripts of other origins may read and do.
class CorsPolicyTest {
  private static final String APP = "https://app.example.com";
  private static final List<Route> ROUTES =
      List.of(
          Route.get("/users/{id}", _ -> Response.noContent()).access(new Identified()),
          Route.delete("/users/{id}", _ -> Response.noContent()).access(Guard.PUBLIC),
          Route.get("/now", _ -> Response.noContent())
              .access(Guard.PUBLIC)
              .immediate(_ -> Response.noContent()));

  private final TestServer closed =
      TestServer.with(TestServer.settings(), 1, builder -> builder.routes(ROUTES));
  private final TestServer open =
      TestServer.with(
          TestServer.settings(),
          1,
          builder -> builder.routes(ROUTES).origins(Set.of(APP, "http://localhost:3000")));

  @AfterEach
  void close() {
    closed.close();
    open.close();
  }

  @Test
  void arePermittedNothingByDefault() throws Exception {
    assertClosed(closed.get("/now", "Origin: " + APP));
    RawResponse preflight = preflight(closed, APP);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("allow")).contains("DELETE");
    assertClosed(preflight);
    assertThat(closed.get("/now").headers()).doesNotContainKey("vary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com.evil.example",
        "https://evil.example",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://APP.example.com",
        "https://app.example.com/",
        "null",
        "*",
        ""
      })
  void arePermittedNothingWhenTheyAreNotListed(String origin) throws Exception {
    RawResponse response = open.get("/now", "Origin: " + origin);
    assertClosed(response);
    assertThat(response.header("vary")).isEqualToIgnoringCase("origin");
    assertClosed(preflight(open, origin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/now", "/users/1", "/nowhere", "/a/../b"})
  void mayReadEveryResponseWhenListed(String path) throws Exception {
    RawResponse response = open.get(path, "Origin: " + APP);

    assertThat(response.header("access-control-allow-origin")).isEqualTo(APP);
    assertThat(response.header("access-control-expose-headers")).contains("etag", "x-request-id");
    assertThat(response.header("vary")).isEqualToIgnoringCase("origin");
    assertThat(response.headers()).doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void mayCallWithTokensWhenListed() throws Exception {
    RawResponse preflight = preflight(open, "http://localhost:3000");

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
    assertThat(preflight.header("access-control-allow-methods")).contains("GET", "DELETE");
    assertThat(preflight.header("access-control-allow-headers"))
        .contains("authorization", "content-type", "idempotency-key");
    assertThat(preflight.header("access-control-max-age")).isEqualTo("600");
  }

  @Test
  void logsWhatToDoAboutARejectedPreflight() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger("dev.gatehouse.http");
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(logged);
    try {
      for (int i = 0; i < 3; i++) {
        preflight(closed, "https://new.example");
      }
    } finally {
      logger.detachAppender(logged);
    }

    var hints =
        logged.list.stream()
            .filter(event -> event.getMessage().contains("GATEHOUSE_CORS_ORIGINS"))
            .toList();
    assertThat(hints).hasSize(1);
    assertThat(hints.getFirst().getKeyValuePairs().toString())
        .contains("https://new.example", "DELETE", "/users/{id}");
    assertThat(logged.list)
        .filteredOn(event -> event.getMessage().equals("Request completed"))
        .allSatisfy(
            event -> {
              var line = (AccessLine) event.getArgumentArray()[0];
              assertThat(line.method()).isEqualTo("OPTIONS");
              assertThat(line.path()).isEqualTo("/users/{id}");
            });
  }

  private static RawResponse preflight(TestServer server, String origin) throws Exception {
    return server.exchange(
        "OPTIONS",
        "/users/1",
        "Origin: " + origin,
        "Access-Control-Request-Method: DELETE",
        "Access-Control-Request-Headers: authorization");
  }

  private static void assertClosed(RawResponse response) {
    assertThat(response.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
  }
}
