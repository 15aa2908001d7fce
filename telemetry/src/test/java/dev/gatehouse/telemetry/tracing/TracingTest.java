package dev.gatehouse.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.discovery.DiscoveryListener.Call;
import dev.gatehouse.hashing.HashingListener.Operation;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.RequestContext;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.testkit.net.UnderscoreNames;
import dev.gatehouse.testkit.otlp.OtlpReceiver;
import dev.gatehouse.testkit.otlp.ReceivedSpan;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String RECORDED = "traceparent: 00-" + TRACE + "-" + PARENT + "-01";
  private static final String ID = "0198f0aa-0000-7000-8000-000000000001";

  private OtlpReceiver receiver;
  private TracedServer server;

  @BeforeEach
  void start() throws Exception {
    receiver = OtlpReceiver.start();
    server = started(Sampling.STANDARD);
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void recordsARequestBeneathItsClientByTheConventions() throws Exception {
    server.get("/users/" + ID, RECORDED, "tracestate: vendor=x");

    ReceivedSpan span = span("GET /users/{id}");
    assertThat(span.traceId()).isEqualTo(TRACE);
    assertThat(span.parentId()).isEqualTo(PARENT);
    assertThat(span.kind()).isEqualTo("SERVER");
    assertThat(span.state()).isEqualTo("vendor=x");
    assertThat(span.failed()).isFalse();
    assertThat(span.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.route", "/users/{id}")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("url.path", "/users/" + ID)
        .containsEntry("url.scheme", "http")
        .containsEntry("client.address", "127.0.0.1");
    assertThat(span.resource())
        .containsEntry("service.name", "tested")
        .containsEntry("telemetry.sdk.language", "java");
    assertThat(receiver.headers().getFirst()).containsEntry("x-key", "k");
  }

  @Test
  void sendsToACollectorWhoseNameHasAnUnderscore() throws Exception {
    server.close();
    var named =
        URI.create(
            "http://%s:%d%s"
                .formatted(
                    UnderscoreNames.NAME,
                    receiver.endpoint().getPort(),
                    receiver.endpoint().getPath()));
    server =
        TracedServer.start(
            TracedServer.settings(named, new Sampling(1, true)), TracingTest::routes);

    server.get("/now");

    assertThat(span("GET /now").kind()).isEqualTo("SERVER");
  }

  @Test
  void gathersWhatARequestDoesBeneathIt() throws Exception {
    server.get("/work", RECORDED);

    ReceivedSpan request = span("GET /work");
    ReceivedSpan useCase = span("doWork");
    assertThat(useCase.parentId()).isEqualTo(request.spanId());
    for (String name : List.of("SELECT users", "password_hash wait", "password_hash verify")) {
      assertThat(span(name).parentId()).as(name).isEqualTo(useCase.spanId());
    }
    assertThat(span("password_hash wait").endNanos())
        .isLessThanOrEqualTo(span("password_hash verify").startNanos());
    assertThat(span("SELECT users").attributes())
        .containsEntry("db.system.name", "postgresql")
        .containsEntry("db.operation.name", "SELECT")
        .containsEntry("db.query.text", "SELECT id FROM users WHERE email = ?");
    ReceivedSpan failed = span("INSERT sessions");
    assertThat(failed.failed()).isTrue();
    assertThat(failed.attributes())
        .containsEntry("db.response.status_code", "23505")
        .containsEntry("error.type", SQLException.class.getName())
        .doesNotContainValue("a secret of the driver");
  }

  @Test
  void carriesTheTraceOnToWhomItCalls() throws Exception {
    String sent = server.get("/call", RECORDED).text();

    ReceivedSpan call = span("PUT");
    assertThat(sent).isEqualTo("00-" + TRACE + "-" + call.spanId() + "-01");
    assertThat(call.kind()).isEqualTo("CLIENT");
    assertThat(call.attributes())
        .containsEntry("server.address", "consul.example")
        .containsEntry("server.port", "8500")
        .containsEntry("http.response.status_code", "200");
  }

  @Test
  void givesLogsAndSpansTheSameIds() throws Exception {
    String logged = server.get("/ids").text();

    ReceivedSpan span = span("GET /ids");
    assertThat(logged).isEqualTo(span.traceId() + " " + span.spanId());
  }

  @Test
  void marksServerErrorsAndNotRefusals() throws Exception {
    server.get("/broken");
    server.get("/nowhere/bob@example.org?email=bob@example.org");

    assertThat(span("GET /broken").failed()).isTrue();
    assertThat(span("GET /broken").attributes()).containsEntry("error.type", "500");
    assertThat(span("fails").attributes())
        .containsEntry("error.type", IllegalStateException.class.getName());
    ReceivedSpan refused = span("GET");
    assertThat(refused.failed()).isFalse();
    assertThat(refused.attributes())
        .containsEntry("url.path", "REDACTED")
        .doesNotContainKey("http.route");
    assertThat(receiver.spans().toString()).doesNotContain("bob");
  }

  @Test
  void namesNoMethodThatIsNone() throws Exception {
    try (var client = server.connect()) {
      client.send(TracedServer.request("FROB", "/work")).read();
    }

    assertThat(span("HTTP").attributes()).containsEntry("http.request.method", "_OTHER");
  }

  @Test
  void leavesTheDecisionToTheClientWhereItHasDecided() throws Exception {
    server.get("/ids", "traceparent: 00-" + TRACE + "-" + PARENT + "-00");
    server.get("/users/" + ID, RECORDED);

    span("GET /users/{id}");
    assertThat(receiver.spans()).noneMatch(span -> span.name().equals("GET /ids"));
  }

  @Test
  void takesAShareOfTheTracesByTheirIds() throws Exception {
    server.close();
    server = started(new Sampling(0.5, false));
    int requests = 400;
    try (var client = server.connect()) {
      for (int sent = 0; sent < requests; sent++) {
        client.send(TracedServer.request("GET", "/now")).read();
      }
      // Its lower half is just below and just above half of the range.
      String below = TRACE.substring(0, 16) + "3fffffffffffffff";
      String above = TRACE.substring(0, 16) + "4000000000000001";
      client.send(TracedServer.request("GET", "/ids", "traceparent: " + parent(below))).read();
      client.send(TracedServer.request("GET", "/ids", "traceparent: " + parent(above))).read();
    }

    await().untilAsserted(() -> assertThat(named("GET /ids")).hasSize(1));
    assertThat(named("GET /ids").getFirst().traceId()).endsWith("3fffffffffffffff");
    assertThat(named("GET /now")).hasSizeBetween(140, 260);
  }

  private TracedServer started(Sampling sampling) throws Exception {
    return TracedServer.start(
        TracedServer.settings(receiver.endpoint(), sampling), TracingTest::routes);
  }

  private static List<Route> routes(Tracing tracing) {
    return List.of(
        Route.get("/users/{id}", _ -> Response.status(200)).access(Guard.PUBLIC).named("readUser"),
        Route.get("/now", _ -> Response.status(200))
            .access(Guard.PUBLIC)
            .immediate(_ -> Response.status(200)),
        Route.get("/work", _ -> worked(tracing)).access(Guard.PUBLIC).named("doWork"),
        Route.get("/call", _ -> called(tracing)).access(Guard.PUBLIC).named("call"),
        Route.get("/ids", _ -> text(ids())).access(Guard.PUBLIC).named("tellIds"),
        Route.get(
                "/broken",
                _ -> {
                  throw new IllegalStateException("broken");
                })
            .access(Guard.PUBLIC)
            .named("fails"));
  }

  private static Response worked(Tracing tracing) {
    tracing.statements().began("SELECT id\n  FROM users\n WHERE email = ?").ended(null);
    tracing
        .statements()
        .began("INSERT INTO sessions VALUES (?)")
        .ended(new SQLException("a secret of the driver", "23505"));
    var passage = tracing.asked(Operation.VERIFY);
    passage.began();
    passage.ended();
    passage.left();
    return Response.status(200);
  }

  private static Response called(Tracing tracing) {
    Map<String, String> headers = new HashMap<>();
    Call call = tracing.calling("PUT", URI.create("http://consul.example:8500/v1"), headers::put);
    call.responded(200);
    return text(headers.getOrDefault("traceparent", ""));
  }

  private static String ids() {
    var trace = RequestContext.current().orElseThrow().trace();
    return trace.traceId() + " " + trace.spanId();
  }

  private static Response text(String text) {
    return Response.of(200, "text/plain", text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String parent(String traceId) {
    return "00-" + traceId + "-" + PARENT + "-01";
  }

  private List<ReceivedSpan> named(String name) {
    return receiver.spans().stream().filter(span -> span.name().equals(name)).toList();
  }

  private ReceivedSpan span(String name) {
    await().until(() -> !named(name).isEmpty());
    assertThat(named(name)).hasSize(1);
    return named(name).getFirst();
  }
}
