package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.consul.ConsulAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance makes itself known to a real Consul for as long as it takes requests.
class RegistrationTest {
  @Test
  void isKnownOnceReadyAndUnknownBeforeItStops(@TempDir Path folder) throws Exception {
    try (var consul = ConsulAgent.start();
        var program =
            RunningGatehouse.start(
                folder.resolve("data"),
                Map.of(
                    "GATEHOUSE_CONSUL_URL", consul.url().toString(),
                    "GATEHOUSE_SERVICE_NAME", "accounts",
                    "GATEHOUSE_SHUTDOWN_DELAY", "6s"))) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> passing(consul).contains("\"Port\": " + program.base().getPort()));

      assertThat(
              program.client().get("/ready", Optional.empty()).json().path("checks").has("consul"))
          .isTrue();
      program.send("TERM");
      await().atMost(Duration.ofSeconds(20)).until(() -> passing(consul).equals("[]"));

      assertThat(program.client().get("/health", Optional.empty()).status())
          .as("it goes on serving those who have not heard yet")
          .isEqualTo(200);
      assertThat(program.exitStatus()).isZero();
    }
  }

  private static String passing(ConsulAgent consul) throws Exception {
    return consul.get("/v1/health/service/accounts?passing=true").strip();
  }
}
