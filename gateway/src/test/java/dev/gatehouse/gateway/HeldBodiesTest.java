package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Room for bodies has an end, and nothing of one is lost for want of it.
class HeldBodiesTest {
  private ScriptedServer instance;

  @BeforeEach
  void start() {
    instance = new ScriptedServer();
  }

  @AfterEach
  void stop() throws Exception {
    instance.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 2000", "10, 60000"})
  void refusesARequestWhoseBodyFindsNoRoom(int room, int length) throws Exception {
    try (var gateway = new TestGateway(TestGateway.Options.none().room(room), instance)) {
      RawResponse response = gateway.send("PUT", "/v1/users/me", "b".repeat(length));

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("retry-after")).isNotEmpty();
      assertThat(response.text()).contains("OVERLOADED");
      assertThat(instance.received()).isEmpty();

      assertThat(gateway.send("PUT", "/v1/users/me", "small").status()).isEqualTo(200);
    }
  }

  @Test
  void makesRoomAsSoonAsABodyStreamsThrough() throws Exception {
    instance.behaving(Behaviour.hanging());
    String large = TestGateway.request("PUT", "/v1/users/me", "l".repeat(60_000));
    try (var gateway = new TestGateway(TestGateway.Options.none().room(30), instance);
        var first = gateway.connect();
        var second = gateway.connect()) {
      first.send(large);
      await().atMost(Duration.ofSeconds(20)).until(() -> instance.received().size() == 1);
      second.send(large);

      await().atMost(Duration.ofSeconds(20)).until(() -> instance.received().size() == 2);
      assertThat(instance.received())
          .allSatisfy(request -> assertThat(request.body()).hasSize(60_000));
    }
  }
}
