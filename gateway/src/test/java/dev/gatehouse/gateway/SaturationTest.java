package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// More requests than connections: no one's fault but the gateway's.
class SaturationTest {
  /// One connection to each instance, and no one may wait for it.
  private static final UpstreamSettings NARROW =
      new UpstreamSettings(
          1, 0, Duration.ofSeconds(20), Duration.ofSeconds(20), TestGateway.HELD_BODY);

  private static final TestGateway.Options WISHES = TestGateway.Options.none().upstream(NARROW);

  private final CountDownLatch going = new CountDownLatch(1);
  private ScriptedServer busy;
  private ScriptedServer idle;

  @BeforeEach
  void start() {
    busy = new ScriptedServer();
    idle = new ScriptedServer();
    busy.behaving(
        (request, out) -> {
          going.await();
          return Behaviour.responding("200 OK", "at last").respond(request, out);
        });
  }

  @AfterEach
  void stop() throws Exception {
    going.countDown();
    busy.close();
    idle.close();
  }

  @Test
  void refusesForItselfAndHoldsNothingAgainstTheInstance() throws Exception {
    try (var gateway = new TestGateway(WISHES, busy);
        var first = gateway.connect()) {
      first.send(TestGateway.request("POST", "/v1/users", "{}"));
      await().atMost(Duration.ofSeconds(20)).until(() -> busy.received().size() == 1);
      for (int i = 0; i < 12; i++) {
        RawResponse refused = gateway.send("POST", "/v1/users", "{}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isNotEmpty();
        assertThat(refused.text()).contains("OVERLOADED");
      }
      going.countDown();

      assertThat(first.read().text()).isEqualTo("at last");
      assertThat(gateway.get("/v1/users/me").text()).isEqualTo("at last");
      assertThat(gateway.outcomes).contains("SATURATED").doesNotContain("UNREACHABLE");
    }
  }

  @Test
  void asksAnotherInstanceThatHasAConnectionFree() throws Exception {
    try (var gateway = new TestGateway(WISHES, busy, idle);
        var first = gateway.connect();
        var second = gateway.connect()) {
      first.send(TestGateway.request("POST", "/v1/users", "{}"));
      second.send(TestGateway.request("POST", "/v1/users", "{}"));
      await().atMost(Duration.ofSeconds(20)).until(() -> busy.received().size() == 1);

      for (int i = 0; i < 6; i++) {
        assertThat(gateway.send("POST", "/v1/users", "{}").text()).isEqualTo("hello");
      }
      assertThat(gateway.outcomes).contains("SATURATED");
    }
  }
}
