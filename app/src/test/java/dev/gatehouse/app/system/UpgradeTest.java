package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens while an upgrade rolls out, or is taken back: the program before serves on the
/// schema of this one, side by side with it.
@Tag("evidence")
class UpgradeTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;

  @Test
  void theVersionBeforeServesOnTheSchemaOfThisOne() throws Exception {
    String version = PreviousGatehouse.version();
    Path jar = PreviousGatehouse.build(version, folder);
    Path data = folder.resolve("data");
    try (var current =
            RunningGatehouse.start(data, Map.of("GATEHOUSE_TOKEN_ISSUER", "http://one"));
        var previous = PreviousGatehouse.start(jar, data)) {
      System.out.println("beside " + version);

      Script quickstart =
          Script.run(
              "bash", Script.example("quickstart.sh").toString(), previous.base().toString());
      assertThat(quickstart.status()).as(quickstart.output()).isZero();

      assertThat(previous.client().register("old@example.org", PASSWORD).status()).isEqualTo(201);
      assertThat(current.client().register("new@example.org", PASSWORD).status()).isEqualTo(201);
      assertSignsInOnOneAndReadsOnTheOther(previous.client(), current.client(), "new@example.org");
      assertSignsInOnOneAndReadsOnTheOther(current.client(), previous.client(), "old@example.org");
    }
  }

  private static void assertSignsInOnOneAndReadsOnTheOther(
      ApiClient one, ApiClient other, String email) {
    ApiResponse signedIn = one.signIn(email, PASSWORD);
    assertThat(signedIn.status()).isEqualTo(201);

    ApiResponse refreshed =
        other.send(
            "POST",
            "/v1/sessions/refresh",
            Optional.empty(),
            "{\"refresh_token\":\"%s\"}".formatted(signedIn.text("refresh_token")));
    ApiResponse read = other.get("/v1/users/me", Optional.of(signedIn.text("access_token")));

    assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
    assertThat(read.status()).as(read.body()).isEqualTo(200);
    assertThat(read.text("email")).isEqualTo(email);
  }
}
