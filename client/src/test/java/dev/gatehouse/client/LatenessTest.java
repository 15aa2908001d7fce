package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.discovery.FixedInstances;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Slow responses.
class LatenessTest {
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
    one.behaving(
        (request, out) -> {
          Thread.sleep(Duration.ofSeconds(3));
          return Behaviour.responding("200 OK", "after all").respond(request, out);
        });
    try (var client = calling(Duration.ofSeconds(6), one)) {
      assertThat(client.send(ServiceRequest.get("/")).body()).isEqualTo("after all");
    }
    assertThat(one.received()).hasSize(1);
  }

  @Test
  void asksAnotherInstanceOnceOneHasHadItsShare() throws Exception {
    one.behaving(Behaviour.hanging());
    try (var client = calling(Duration.ofSeconds(6), one, other)) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(ServiceRequest.get("/")).body()).isEqualTo("hello");
      }
    }
    assertThat(one.received()).isNotEmpty();
    assertThat(other.received())
        .anyMatch(request -> request.header("x-request-attempt").equals("2"));
  }

  @Test
  void keepsToOneInstanceWhatMayTakeEffectThere() {
    one.behaving(Behaviour.hanging());
    other.behaving(Behaviour.hanging());
    try (var client = calling(Duration.ofMillis(900), one, other)) {
      assertThatThrownBy(() -> client.send(ServiceRequest.of("POST", "/v1/users")))
          .isInstanceOf(HttpTimeoutException.class);
    }
    assertThat(one.received().size() + other.received().size()).isEqualTo(1);
  }

  @Test
  void asksElsewhereWhenAnInstanceGivesUpBeforeTheTimeIsOver() throws Exception {
    one.behaving(Behaviour.responding("504 Gateway Timeout", "too late"));
    try (var client = calling(Duration.ofSeconds(20), one, other)) {
      for (int i = 0; i < 4; i++) {
        assertThat(client.send(ServiceRequest.get("/")).body()).isEqualTo("hello");
      }
    }
    assertThat(one.received()).isNotEmpty();
  }

  private static ServiceClient calling(Duration requestTimeout, ScriptedServer... servers) {
    var known =
        new FixedInstances(
            List.of(servers).stream().map(it -> Instance.at("127.0.0.1", it.port())).toList());
    return ServiceClient.of(
        known.watch(""), UpstreamClusterSettings.of(Policy.ROUND_ROBIN), requestTimeout);
  }
}
