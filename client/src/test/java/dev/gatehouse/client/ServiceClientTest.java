package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/// The gateway's rules, without a gateway.
class ServiceClientTest {
  private static final String KEY = "idempotency-key";

  private ScriptedServer one;
  private ScriptedServer other;
  private ServiceClient client;

  @BeforeEach
  void start() throws Exception {
    one = new ScriptedServer();
    other = new ScriptedServer();
    client = calling(one, other);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    one.close();
    other.close();
  }

  @Test
  void spreadsItsCalls() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(client.send(ServiceRequest.get("/v1/users/me")).body()).isEqualTo("hello");
    }

    assertThat(one.received()).hasSize(5);
    assertThat(other.received()).hasSize(5);
  }

  @Test
  void sendsAnIdempotentRequestToAnotherInstanceWhenOneDiesOverIt() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());

    for (int i = 0; i < 6; i++) {
      assertThat(client.send(ServiceRequest.of("DELETE", "/v1/sessions")).status()).isEqualTo(200);
    }
  }

  @Test
  void neverSendsAWriteAgainThatMayHaveTakenEffect() {
    one.behaving(Behaviour.dyingBeforeTheResponse());
    other.behaving(Behaviour.dyingBeforeTheResponse());

    assertThatThrownBy(() -> client.send(write())).isInstanceOf(IOException.class);
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void sendsAWriteAgainUnderAKeyThatMakesItSafe() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());

    for (int i = 0; i < 4; i++) {
      assertThat(client.send(write().idempotencyKey("k" + i)).status()).isEqualTo(200);
    }
  }

  /// So that it need not wait for what the first may have begun.
  @Test
  void tellsTheNextInstanceThatAnAttemptWasGivenUp() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());

    for (int i = 0; i < 4; i++) {
      client.send(write().idempotencyKey("k" + i));
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
      client.send(write().idempotencyKey("k" + i));
    }

    assertThat(other.received()).hasSize(4).allMatch(it -> attempt(it).isEmpty());
  }

  private static String attempt(ScriptedServer.Received request) {
    return request.header("x-request-attempt");
  }

  @Test
  void sendsAnyRequestElsewhereThatFoundNoConnection() throws Exception {
    one.die();

    for (int i = 0; i < 6; i++) {
      assertThat(client.send(write()).status()).isEqualTo(200);
    }
    assertThat(other.received()).hasSize(6);
  }

  @Test
  void turnsToAnotherInstanceWhenOneThatIsLeavingRefuses() throws Exception {
    one.behaving(Behaviour.responding("503 Service Unavailable", "", "Connection: close"));

    for (int i = 0; i < 4; i++) {
      assertThat(client.send(ServiceRequest.get("/")).status()).isEqualTo(200);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void asksElsewhereForAResponseThatStopsAfterItsHead() throws Exception {
    one.behaving(stoppingAfterTheHead());
    try (var hurried = calling(Duration.ofSeconds(3), one, other)) {
      for (int i = 0; i < 2; i++) {
        assertThat(hurried.send(ServiceRequest.get("/")).body()).isEqualTo("hello");
      }
    }
    assertThat(one.received()).isNotEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void doesNotWaitForeverForTheRestOfAResponse() throws Exception {
    one.behaving(stoppingAfterTheHead());
    try (var hurried = calling(Duration.ofSeconds(1), one)) {
      assertThatThrownBy(() -> hurried.send(write())).isInstanceOf(HttpTimeoutException.class);
    }
    assertThat(one.received()).as("a write that was sent is not sent again").hasSize(1);
  }

  @Test
  void staysInItsZoneWhileThatIsWell() throws Exception {
    Instance near = Instance.at("127.0.0.1", one.port()).in("north");
    Instance far = Instance.at("127.0.0.1", other.port()).in("south");
    try (var northern =
        ServiceClient.of(
            new FixedInstances(List.of(near, far)).watch(""),
            UpstreamClusterSettings.of(Policy.ROUND_ROBIN).preferring("north"),
            Duration.ofSeconds(5))) {
      for (int i = 0; i < 6; i++) {
        assertThat(northern.send(ServiceRequest.get("/")).status()).isEqualTo(200);
      }
      assertThat(one.received()).hasSize(6);

      one.die();
      assertThat(northern.send(ServiceRequest.get("/")).status()).isEqualTo(200);
      assertThat(other.received()).hasSize(1);
    }
  }

  @Test
  void saysThatThereIsNobody() {
    try (var alone = calling()) {
      assertThatThrownBy(() -> alone.send(ServiceRequest.get("/"))).isInstanceOf(NoInstance.class);
    }
  }

  @Test
  void tellsTheInstanceHowLongItWaits() throws Exception {
    client.send(ServiceRequest.get("/").header("X-Own", "yes"));

    ScriptedServer.Received request =
        one.received().isEmpty() ? other.received().getFirst() : one.received().getFirst();
    assertThat(Integer.parseInt(request.header("x-request-timeout-ms"))).isBetween(3000, 5000);
    assertThat(request.header("x-own")).isEqualTo("yes");
  }

  private static ServiceRequest write() {
    return ServiceRequest.of("POST", "/v1/users").body("application/json", "{}");
  }

  private static Behaviour stoppingAfterTheHead() {
    return (_, out) -> {
      ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
      return out.getInputStream().read() >= 0;
    };
  }

  private static ServiceClient calling(ScriptedServer... servers) {
    return calling(Duration.ofSeconds(5), servers);
  }

  private static ServiceClient calling(Duration requestTimeout, ScriptedServer... servers) {
    var known =
        new FixedInstances(
            List.of(servers).stream().map(it -> Instance.at("127.0.0.1", it.port())).toList());
    return ServiceClient.of(
        known.watch(""), UpstreamClusterSettings.of(Policy.ROUND_ROBIN), requestTimeout);
  }
}
