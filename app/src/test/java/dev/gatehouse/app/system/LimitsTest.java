package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limits apply in the program as it is started, and its metrics count what they refuse.
class LimitsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void limitsParallelGuesses() throws Exception {
    try (var program =
        RunningGatehouse.start(
            folder.resolve("data"),
            Map.of("GATEHOUSE_RATE_LIMIT", "on", "GATEHOUSE_RATE_LIMIT_LOGIN_ACCOUNT", "5/1d"))) {
      var client = program.client();
      client.register("ada@example.org", "correct horse battery");

      var guesses = Parallel.times(20, () -> client.signIn("ada@example.org", "wrong guess"));

      assertThat(guesses).extracting(ApiResponse::status).containsOnly(401, 429);
      assertThat(guesses)
          .extracting(ApiResponse::status)
          .filteredOn(status -> status == 401)
          .hasSize(5);

      assertThat(client.signIn("ada@example.org", "").status()).isEqualTo(429);
      assertThat(client.send("POST", "/v1/sessions", Map.of(), "{").status()).isEqualTo(400);
      await()
          .untilAsserted(
              () ->
                  assertThat(program.metrics())
                      .contains(
                          "logins_total{result=\"success\"} 0.0",
                          "logins_total{result=\"invalid_credentials\"} 5.0",
                          "logins_total{result=\"rate_limited\"} 16.0",
                          "logins_total{result=\"invalid\"} 1.0",
                          "registrations_total{result=\"success\"} 1.0"));
    }
  }
}
