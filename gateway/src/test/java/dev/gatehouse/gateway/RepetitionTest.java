package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent again when an instance fails, and what never is.
class RepetitionTest {
  /// A third of it is the share of an instance that hangs, and another that of the one asked next.
  private static final Duration SHARED = Duration.ofSeconds(9);

  private static final String KEY = "idempotency-key";

  private ScriptedServer one;
  private ScriptedServer other;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    one = new ScriptedServer();
    other = new ScriptedServer();
    gateway = new TestGateway(one, other);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    one.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
  void sendsAnIdempotentRequestToAnotherInstanceWhenOneDiesOverIt(String method) throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());

    for (int i = 0; i < 6; i++) {
      RawResponse response = gateway.send(method, "/v1/users/me", "");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.text()).isEqualTo("hello");
    }
    assertThat(one.received()).isNotEmpty();
    assertThat(gateway.outcomes).contains("BROKEN", "SUCCESS");
  }

  @Test
  void sendsTheBodyOnceMoreWithTheRequest() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());
    String body = "x".repeat(10_000);

    for (int i = 0; i < 4; i++) {
      assertThat(gateway.send("PUT", "/v1/users/me/password", body).status()).isEqualTo(200);
    }
    assertThat(other.received())
        .hasSize(4)
        .allSatisfy(request -> assertThat(request.body()).isEqualTo(body));
  }

  @Test
  void neverSendsAPostAgainThatAnInstanceMayHaveReceived() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());
    other.behaving(Behaviour.dyingBeforeTheResponse());

    RawResponse response = gateway.send("POST", "/v1/users", "{}");

    assertThat(response.status()).isEqualTo(502);
    assertThat(response.header("content-type")).isEqualTo("application/problem+json");
    assertThat(response.text()).contains("DEPENDENCY_UNAVAILABLE", "may have taken effect");
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void sendsAPostAgainThatCarriesAKeyWhichMakesItSafe() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());

    for (int i = 0; i < 4; i++) {
      assertThat(gateway.send("POST", "/v1/users", "{}", "Idempotency-Key: k" + i).status())
          .isEqualTo(200);
    }
    assertThat(one.received()).isNotEmpty();
  }

  /// So that it need not wait for what the first may have begun; only the gateway can say so.
  @Test
  void tellsTheNextInstanceThatAnAttemptWasGivenUp() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());

    for (int i = 0; i < 4; i++) {
      gateway.send("POST", "/v1/users", "{}", "Idempotency-Key: k" + i, "X-Request-Attempt: 7");
    }

    assertThat(one.received()).isNotEmpty().allMatch(first -> attempt(first).isEmpty());
    List<String> keys = one.received().stream().map(first -> first.header(KEY)).toList();
    assertThat(other.received())
        .hasSize(4)
        .allMatch(it -> attempt(it).equals(keys.contains(it.header(KEY)) ? "2" : ""));
  }

  @Test
  void saysNothingOfAttemptsThatReachedNobody() throws Exception {
    one.die();

    for (int i = 0; i < 4; i++) {
      gateway.send("POST", "/v1/users", "{}", "Idempotency-Key: k" + i);
    }

    assertThat(other.received()).hasSize(4).allMatch(it -> attempt(it).isEmpty());
  }

  private static String attempt(ScriptedServer.Received request) {
    return request.header("x-request-attempt");
  }

  @Test
  void sendsAnyRequestElsewhereThatFoundNoConnection() throws Exception {
    one.die();

    for (int i = 0; i < 10; i++) {
      assertThat(gateway.send("POST", "/v1/users", "{}").status()).isEqualTo(200);
    }
    assertThat(other.received()).hasSize(10);
  }

  @Test
  void neverRepeatsABodyThatStreamedThrough() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());
    other.behaving(Behaviour.dyingBeforeTheResponse());
    String large = "y".repeat(TestGateway.HELD_BODY + 1);

    assertThat(gateway.send("PUT", "/v1/users/me", large).status()).isEqualTo(502);
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void turnsToAnotherInstanceWhenOneThatIsLeavingRefuses() throws Exception {
    one.behaving(Behaviour.responding("503 Service Unavailable", "", "Connection: close"));

    for (int i = 0; i < 4; i++) {
      assertThat(gateway.get("/v1/users/me").status()).isEqualTo(200);
    }
    assertThat(gateway.outcomes).contains("REFUSED");
  }

  @Test
  void passesOnTheRefusalOfAnInstanceThatIsMerelyBusy() throws Exception {
    one.behaving(Behaviour.responding("503 Service Unavailable", "busy", "Retry-After: 7"));
    other.behaving(Behaviour.responding("503 Service Unavailable", "busy", "Retry-After: 7"));

    RawResponse response = gateway.get("/v1/users/me");

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).isEqualTo("7");
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void givesAnInstanceThatHangsOnlyItsShareOfTheTime() throws Exception {
    one.behaving(Behaviour.hanging());
    try (var hurried = new TestGateway(TestGateway.Options.none().within(SHARED), one, other)) {
      assertThat(hurried.get("/v1/users/me").status()).isEqualTo(200);
      assertThat(hurried.get("/v1/users/me").status()).isEqualTo(200);
      assertThat(hurried.outcomes).contains("TIMEOUT", "SUCCESS");
    }
  }

  @Test
  void neverRepeatsOnceBytesOfAResponseAreOut() throws Exception {
    Behaviour breaking =
        (_, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
          return false;
        };
    one.behaving(breaking);
    other.behaving(breaking);
    try (var client = gateway.connect()) {
      client.send(TestGateway.request("GET", "/v1/users/me", ""));

      RawResponse response = client.read();
      assertThat(response.header("content-length")).isEqualTo("100");
      assertThat(response.text())
          .as("what there was, and the end of the connection")
          .isEqualTo("half");
    }
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> gateway.outcomes.contains("BROKEN"));
  }

  @Test
  void asksElsewhereForAResponseThatBreaksOffBehindItsHead() throws Exception {
    one.behaving(
        (_, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nX-Of: one\r\nContent-Length: 100\r\n\r\n");
          return false;
        });

    for (int i = 0; i < 4; i++) {
      RawResponse response = gateway.get("/v1/users/me");
      assertThat(response.text()).isEqualTo("hello");
      assertThat(response.headers()).doesNotContainKey("x-of");
    }
    assertThat(one.received()).isNotEmpty();
    assertThat(gateway.outcomes).contains("BROKEN");
  }

  @Test
  void asksElsewhereForAResponseThatHangsBehindItsHead() throws Exception {
    one.behaving(
        (_, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
          return out.getInputStream().read() >= 0;
        });
    try (var hurried = new TestGateway(TestGateway.Options.none().within(SHARED), one, other)) {
      assertThat(hurried.get("/v1/users/me").text()).isEqualTo("hello");
      assertThat(hurried.get("/v1/users/me").text()).isEqualTo("hello");
      assertThat(hurried.outcomes).contains("TIMEOUT", "SUCCESS");
    }
  }

  @Test
  void keepsToItsBudget() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());
    other.behaving(Behaviour.dyingBeforeTheResponse());
    UpstreamClusterSettings frugal = UpstreamClusterSettings.of(Policy.ROUND_ROBIN).repeating(3, 0);
    try (var strict = new TestGateway(TestGateway.Options.none().cluster(frugal), one, other)) {
      assertThat(strict.get("/v1/users/me").status()).isEqualTo(502);
    }
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void shedsWhenNobodyIsThereAndSaysWhenToComeBack() throws Exception {
    one.die();
    other.die();

    RawResponse response = gateway.get("/v1/users/me");

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).isNotEmpty();
    assertThat(response.text()).contains("DEPENDENCY_UNAVAILABLE", "No instance");
    await().atMost(Duration.ofSeconds(20)).until(() -> !gateway.ready().anyReady());
  }
}
