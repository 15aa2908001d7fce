package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.ApiClient.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limits are at work in the program as it is started, not in its parts alone.
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

      assertThat(guesses).extracting(Answer::status).containsOnly(401, 429);
      assertThat(guesses).extracting(Answer::status).filteredOn(status -> status == 401).hasSize(5);
    }
  }
}
