package dev.gatehouse.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.testkit.otlp.OtlpReceiver;
import dev.gatehouse.testkit.otlp.ReceivedSpan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-";

  @Test
  void carriesTheTraceOnToTheInstanceThatIsTried() throws Exception {
    try (var receiver = OtlpReceiver.start();
        var server = started(receiver)) {
      String sent = server.get("/forward", PARENT + "01").text();

      await().until(() -> receiver.spans().size() == 4);
      ReceivedSpan within = only(receiver, "forward", "INTERNAL");
      List<ReceivedSpan> attempts = named(receiver, "HTTP", "CLIENT");
      assertThat(attempts).hasSize(2).allMatch(each -> each.parentId().equals(within.spanId()));
      ReceivedSpan vain = attempts.getFirst();
      assertThat(vain.failed()).isTrue();
      assertThat(vain.attributes())
          .containsEntry("error.type", "unreachable")
          .doesNotContainKey("http.request.resend_count");
      ReceivedSpan responded = attempts.getLast();
      assertThat(sent).isEqualTo("00-" + TRACE + "-" + responded.spanId() + "-01");
      assertThat(responded.failed()).isFalse();
      assertThat(responded.attributes())
          .containsEntry("http.request.method", "_OTHER")
          .containsEntry("http.request.resend_count", "1")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("server.address", "10.0.0.2")
          .containsEntry("server.port", "8080")
          .containsEntry("url.full", "http://10.0.0.2:8080/REDACTED");
    }
  }

  @Test
  void leavesTheHeaderOfAClientAloneThatRecordsNothing() throws Exception {
    try (var receiver = OtlpReceiver.start();
        var server = started(receiver)) {
      assertThat(server.get("/forward", PARENT + "00").text()).isEqualTo("none");
    }
  }

  private static TracedServer started(OtlpReceiver receiver) throws Exception {
    return TracedServer.start(
        TracedServer.settings(receiver.endpoint(), Sampling.STANDARD),
        tracing ->
            List.of(
                Route.get("/forward", _ -> forwarded(tracing))
                    .access(Guard.PUBLIC)
                    .named("forward")));
  }

  private static Response forwarded(Tracing tracing) {
    var upstreams = tracing.upstreams();
    upstreams.began(Instance.at("10.0.0.1", 8080), "FROB", 0).ended(CallResult.UNREACHABLE);
    var second = upstreams.began(Instance.at("10.0.0.2", 8080), "FROB", 1);
    byte[] sent = second.traceparent().orElse("none").getBytes(StandardCharsets.US_ASCII);
    second.responded(200);
    second.ended(CallResult.SUCCESS);
    return Response.of(200, "text/plain", sent);
  }

  private static ReceivedSpan only(OtlpReceiver receiver, String name, String kind) {
    assertThat(named(receiver, name, kind)).hasSize(1);
    return named(receiver, name, kind).getFirst();
  }

  /// In the order in which they ended.
  private static List<ReceivedSpan> named(OtlpReceiver receiver, String name, String kind) {
    return receiver.spans().stream()
        .filter(span -> span.name().equals(name) && span.kind().equals(kind))
        .toList();
  }
}
