package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Slow responses, and which instance they count against.
class LatenessTest {
  private static final Duration TIME = Duration.ofSeconds(6);
  private static final UpstreamClusterSettings WITHOUT_BUDGET =
      UpstreamClusterSettings.of(Policy.ROUND_ROBIN).repeating(3, 0).retryFloor(0);

  private ScriptedServer one;
  private ScriptedServer other;

  @BeforeEach
  void start() {
    one = new ScriptedServer();
    other = new ScriptedServer();
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    other.close();
  }

  @Test
  void waitsAllTheTimeThereIsWhereThereIsNoOtherInstance() throws Exception {
    one.behaving(takingHalfTheTime());
    try (var gateway = new TestGateway(TestGateway.Options.none().within(TIME), one)) {
      assertThat(gateway.get("/v1/users/me").text()).isEqualTo("after all");
    }
    assertThat(one.received()).hasSize(1);
  }

  @Test
  void waitsOnWhereTheBudgetAllowsNoRepetition() throws Exception {
    one.behaving(takingHalfTheTime());
    other.behaving(takingHalfTheTime());
    var frugal = TestGateway.Options.none().cluster(WITHOUT_BUDGET).within(TIME);
    try (var gateway = new TestGateway(frugal, one, other)) {
      assertThat(gateway.get("/v1/users/me").text()).isEqualTo("after all");
    }
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void tellsInstancesHowMuchTimeThereIsInAll() throws Exception {
    try (var gateway = new TestGateway(one)) {
      gateway.get("/v1/users/me");
    }

    String told = one.received().getFirst().header("x-request-timeout-ms");
    assertThat(Integer.parseInt(told)).isBetween(10_000, 20_000);
  }

  @Test
  void asksElsewhereWhenAnInstanceGivesUpBeforeTheTimeIsOver() throws Exception {
    one.behaving(givingUp());
    try (var gateway = new TestGateway(one, other)) {
      for (int i = 0; i < 4; i++) {
        assertThat(gateway.get("/v1/users/me").text()).isEqualTo("hello");
      }
      assertThat(gateway.outcomes).contains("TIMEOUT", "SUCCESS").doesNotContain("ERROR");
    }
    assertThat(one.received()).isNotEmpty();
    assertThat(other.received())
        .anyMatch(request -> request.header("x-request-attempt").equals("2"));
  }

  @Test
  void passesOnThatAnInstanceGaveUpWhatMayHaveTakenEffect() throws Exception {
    one.behaving(givingUp());
    other.behaving(givingUp());
    try (var gateway = new TestGateway(one, other)) {
      RawResponse response = gateway.send("POST", "/v1/users", "{}");

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).isEqualTo("too late");
    }
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void holdsNothingAgainstAnInstanceThatGaveUpForAHurriedClient() throws Exception {
    one.behaving(givingUp());
    try (var gateway = new TestGateway(one)) {
      for (int i = 0; i < 12; i++) {
        RawResponse late =
            gateway.send("POST", "/v1/sessions", "{}", "X-Request-Timeout-Ms: 15000");
        assertThat(late.status()).isEqualTo(504);
      }
      one.behaving(Behaviour.responding("200 OK", "well"));

      assertThat(gateway.get("/v1/users/me").text()).isEqualTo("well");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void holdsNothingAgainstInstancesThatAHurriedClientDidNotWaitFor(String method) throws Exception {
    one.behaving(Behaviour.hanging());
    other.behaving(Behaviour.hanging());
    List<RawHttpClient> clients = new ArrayList<>();
    try (var gateway = new TestGateway(one, other)) {
      for (int i = 0; i < 30; i++) {
        String hurried =
            TestGateway.request(method, "/v1/users/me", "", "X-Request-Timeout-Ms: 900");
        clients.add(gateway.connect().send(hurried));
      }
      for (RawHttpClient client : clients) {
        assertThat(client.read().status()).isEqualTo(504);
        client.close();
      }
      one.behaving(Behaviour.responding("200 OK", "well"));
      other.behaving(Behaviour.responding("200 OK", "well"));

      assertThat(gateway.send("POST", "/v1/users", "{}").text()).isEqualTo("well");
      assertThat(gateway.outcomes).contains("TIMEOUT");
    }
  }

  /// More than the share of an attempt that may be repeated, of which there are three.
  private static Behaviour takingHalfTheTime() {
    return (request, out) -> {
      Thread.sleep(TIME.dividedBy(2));
      return Behaviour.responding("200 OK", "after all").respond(request, out);
    };
  }

  private static Behaviour givingUp() {
    return Behaviour.responding("504 Gateway Timeout", "too late");
  }
}
