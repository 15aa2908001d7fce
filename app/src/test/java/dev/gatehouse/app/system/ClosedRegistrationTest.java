package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation whose operator makes all accounts.
class ClosedRegistrationTest {
  private static final String PASSWORD = "an engine of analysis";

  @Test
  void onlyTheOperatorMakesAccounts(@TempDir Path folder) throws Exception {
    try (var program =
        RunningGatehouse.start(
            folder.resolve("data"), Map.of("GATEHOUSE_REGISTRATION", "closed"))) {
      var refused = program.client().register("ada@example.org", PASSWORD);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text("code")).isEqualTo("REGISTRATION_CLOSED");

      program.command(PASSWORD + "\n", "users", "create", "ada@example.org");

      assertThat(program.client().signIn("ada@example.org", PASSWORD).status()).isEqualTo(201);
    }
  }
}
