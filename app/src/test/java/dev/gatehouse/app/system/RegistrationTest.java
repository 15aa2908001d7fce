package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.consul.ConsulAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance makes itself known to a real Consul for as long as it takes requests.
class RegistrationTest {
  private static final String BODY =
      """
      {"email":"last@example.org","password":"correct horse battery"}""";

  @Test
  void isKnownOnceReadyAndUnknownBeforeItStops(@TempDir Path folder) throws Exception {
    try (var consul = ConsulAgent.start();
        var program =
            RunningGatehouse.start(
                folder.resolve("data"),
                Map.of(
                    "GATEHOUSE_CONSUL_URL", consul.url().toString(),
                    "GATEHOUSE_SERVICE_NAME", "accounts",
                    "GATEHOUSE_SERVICE_ZONE", "north",
                    "GATEHOUSE_SERVICE_WEIGHT", "3",
                    "GATEHOUSE_HTTP_REQUEST_TIMEOUT", "1m",
                    "GATEHOUSE_SHUTDOWN_DELAY", "6s"))) {
      String port = "\"Port\": " + program.base().getPort();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> listed(consul, "?passing=true").contains(port));

      assertThat(listed(consul, "?passing=true")).contains("\"zone=north\"", "\"weight=3\"");
      assertThat(
              program.client().get("/ready", Optional.empty()).json().path("checks").has("consul"))
          .isTrue();
      try (var underWay = new RawHttpClient(program.base().getPort())) {
        underWay.send(
            "POST /v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: %d\r\n\r\n%s".formatted(BODY.length(), BODY.substring(0, 20)));

        program.send("TERM");
        await().atMost(Duration.ofSeconds(20)).until(() -> listed(consul, "").equals("[]"));

        assertThat(program.client().get("/health", Optional.empty()).status())
            .as("it goes on serving those who have not heard yet")
            .isEqualTo(200);
        assertThat(underWay.send(BODY.substring(20)).read().status())
            .as("a request that was under way all the while")
            .isEqualTo(201);
      }
      assertThat(program.exitStatus()).isZero();
    }
  }

  /// Whatever its check says, unless asked for those that pass it.
  private static String listed(ConsulAgent consul, String which) throws Exception {
    return consul.get("/v1/health/service/accounts" + which).strip();
  }
}
