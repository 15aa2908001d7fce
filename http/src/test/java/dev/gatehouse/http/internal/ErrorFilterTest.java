package dev.gatehouse.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.server.TestServer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorFilterTest {
  record Case(String name, int status, String code, Supplier<Response> handler) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "runtime exception",
            500,
            "INTERNAL",
            () -> thrown(new IllegalStateException("secret"))),
        new Case("fault", 500, "INTERNAL", () -> thrown(new Fault("secret"))),
        new Case("assertion", 500, "INTERNAL", () -> thrown(new AssertionError("secret"))),
        new Case("out of memory", 500, "INTERNAL", () -> thrown(new OutOfMemoryError("secret"))),
        new Case("stack overflow", 500, "INTERNAL", ErrorFilterTest::endless),
        new Case("bad status", 500, "INTERNAL", () -> Response.status(99)),
        new Case("bad header", 500, "INTERNAL", ErrorFilterTest::splitHeader),
        new Case(
            "dependency",
            503,
            "DEPENDENCY_UNAVAILABLE",
            () -> thrown(Unavailable.dependency(new IllegalStateException("secret")))),
        new Case("refusal", 409, "EMAIL_TAKEN", () -> thrown(Refusal.emailTaken())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void respondsWithProblemAndLivesOn(Case fault) throws Exception {
    var faulty = Route.get("/faulty", _ -> fault.handler().get()).access(Guard.PUBLIC);
    var immediate = Route.get("/at-once", _ -> Response.noContent()).access(Guard.PUBLIC);
    try (var server =
            TestServer.with(
                faulty,
                immediate.immediate(_ -> fault.handler().get()),
                Route.get("/fine", _ -> Response.noContent()).access(Guard.PUBLIC));
        var client = server.connect()) {
      for (String path : new String[] {"/faulty", "/at-once"}) {
        var response = client.send(TestServer.head("GET", path, "X-Request-Id: r-7")).read();

        assertThat(response.status()).isEqualTo(fault.status());
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        assertThat(response.text())
            .contains("\"code\":\"" + fault.code() + "\"", "\"request_id\":\"r-7\"")
            .doesNotContain("secret", "Exception", "java");
        assertThat(client.send(TestServer.head("GET", "/fine")).read().status()).isEqualTo(204);
      }
    }
  }

  @Test
  void closesConnectionWhenResponseCannotBeWritten() throws Exception {
    var unfit = Response.noContent().withHeader("x a:", "b");
    try (var server =
        TestServer.with(
            Route.get("/unfit", _ -> unfit).access(Guard.PUBLIC),
            Route.get("/at-once", _ -> unfit).access(Guard.PUBLIC).immediate(_ -> unfit),
            Route.get("/fine", _ -> Response.noContent()).access(Guard.PUBLIC))) {
      for (String path : new String[] {"/unfit", "/at-once"}) {
        try (var client = server.connect()) {
          assertThat(client.send(TestServer.head("GET", path)).isClosedByServer()).isTrue();
        }
      }
      assertThat(server.get("/fine").status()).isEqualTo(204);
    }
  }

  private static Response thrown(RuntimeException exception) {
    throw exception;
  }

  private static Response thrown(Error error) {
    throw error;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Response endless() {
    return endless().withHeader("x-a", "b");
  }

  private static Response splitHeader() {
    return Response.noContent().withHeader("x-a", "b\r\nSet-Cookie: c");
  }
}
