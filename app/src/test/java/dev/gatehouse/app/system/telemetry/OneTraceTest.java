package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.ApiClient;
import dev.gatehouse.testkit.otlp.ReceivedSpan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One sign-in is one trace, from the client's own span through gateway and instance down to hash,
/// SQL and Redis.
@ExtendWith(ObservedExtension.class)
class OneTraceTest {
  private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
  private static final String WITH_REDIS = "5759e988bd862e3fe1be46a994272794";
  private static final String CLIENT = "53995c3f42cd8ad8";
  private static final String PASSWORD = "an engine of difference";
  private static final String EMAIL = "one.trace@example.org";
  private static final Pattern EXEMPLAR =
      Pattern.compile("http_request_duration_seconds_bucket.*# \\{.*trace_id=\"([0-9a-f]{32})\"");

  private List<ReceivedSpan> trace = List.of();

  @Test
  void leadsFromTheClientToEverythingASignInDoes(Observed observed) throws Exception {
    var client = Observed.client(observed.gateway());
    assertThat(client.register(EMAIL, PASSWORD).status()).isEqualTo(201);
    assertThat(signIn(client, TRACE).status()).isEqualTo(201);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              trace = observed.collector().trace(TRACE);
              assertThat(kinds("SERVER")).hasSize(2);
              assertThat(kinds("CLIENT").stream().map(ReceivedSpan::name)).contains("POST");
            });
    ReceivedSpan edge = only("POST relayed");
    ReceivedSpan attempt = only("POST");
    ReceivedSpan server = only("POST /v1/sessions");
    ReceivedSpan useCase = only("signIn");
    ReceivedSpan wait = only("password_hash wait");
    ReceivedSpan work = only("password_hash verify");
    assertThat(edge.parentId()).isEqualTo(CLIENT);
    assertThat(attempt.parentId()).isEqualTo(edge.spanId());
    assertThat(attempt.attributes())
        .containsEntry("server.port", Integer.toString(observed.instance().port()))
        .containsEntry("http.response.status_code", "201");
    assertThat(server.parentId()).isEqualTo(attempt.spanId());
    assertThat(useCase.parentId()).isEqualTo(server.spanId());
    assertThat(wait.parentId()).isEqualTo(useCase.spanId());
    assertThat(work.parentId()).isEqualTo(useCase.spanId());
    assertThat(wait.endNanos()).isLessThanOrEqualTo(work.startNanos());
    assertThat(of("postgresql"))
        .extracting(ReceivedSpan::name)
        .contains("SELECT users", "INSERT sessions");
    assertThat(of("postgresql")).allMatch(span -> span.parentId().equals(useCase.spanId()));
    assertThat(trace)
        .as("one tree")
        .allMatch(span -> span.equals(edge) || parents().contains(span.parentId()));
    // Redis may be too slow for its time-out on a machine that is busy.
    assertThat(trace).filteredOn(span -> !isOf("redis", span)).noneMatch(ReceivedSpan::failed);
  }

  @Test
  void commandsOfRedisAreInTheTraceOfTheirRequest(Observed observed) {
    var client = Observed.client(observed.instance());

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              signIn(client, WITH_REDIS);
              trace = observed.collector().trace(WITH_REDIS);
              assertThat(of("redis"))
                  .isNotEmpty()
                  .allMatch(span -> parents().contains(span.parentId()));
            });
    assertThat(of("redis"))
        .allMatch(span -> span.kind().equals("CLIENT"))
        .allMatch(span -> span.attributes().containsKey("db.operation.name"))
        .allMatch(span -> span.attributes().containsKey("server.port"));
  }

  @Test
  void durationsNameRecordedTracesAsTheirExamples(Observed observed) throws Exception {
    Observed.client(observed.instance()).signIn(EMAIL, PASSWORD);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Set<String> named =
                  EXEMPLAR
                      .matcher(Scrape.withExemplarsOf(observed.instance()).text())
                      .results()
                      .map(found -> found.group(1))
                      .collect(Collectors.toSet());
              assertThat(named).isNotEmpty();
              assertThat(named).allMatch(id -> !observed.collector().trace(id).isEmpty());
            });
  }

  private static ApiClient.ApiResponse signIn(ApiClient client, String trace) {
    return client.send(
        "POST",
        "/v1/sessions",
        Map.of("traceparent", "00-" + trace + "-" + CLIENT + "-01"),
        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(EMAIL, PASSWORD));
  }

  private Set<String> parents() {
    return trace.stream().map(ReceivedSpan::spanId).collect(Collectors.toSet());
  }

  private List<ReceivedSpan> kinds(String kind) {
    return trace.stream().filter(span -> span.kind().equals(kind)).toList();
  }

  private List<ReceivedSpan> named(String name) {
    return trace.stream().filter(span -> span.name().equals(name)).toList();
  }

  private ReceivedSpan only(String name) {
    assertThat(named(name)).as("%s in %s", name, trace).hasSize(1);
    return named(name).getFirst();
  }

  private List<ReceivedSpan> of(String system) {
    return trace.stream().filter(span -> isOf(system, span)).toList();
  }

  private static boolean isOf(String system, ReceivedSpan span) {
    return system.equals(span.attributes().get("db.system.name"));
  }
}
