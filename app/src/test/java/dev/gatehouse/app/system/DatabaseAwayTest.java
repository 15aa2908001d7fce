package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.postgres.embedded.EmbeddedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an instance says of itself and goes on doing while PostgreSQL is away.
class DatabaseAwayTest {
  private static final String EMAIL = "ada@example.org";
  private static final String PASSWORD = "correct horse battery";

  @Test
  void isNotReadyAndYetToBeSentWhatItCanStillDo(@TempDir Path folder) throws Exception {
    EmbeddedServer server = TestPostgres.start(folder.resolve("postgres"), 40, false);
    try (var program = RunningGatehouse.startOnFolder(folder.resolve("instance"), on(server))) {
      var client = program.client();
      client.register(EMAIL, PASSWORD);
      String token = client.signIn(EMAIL, PASSWORD).text("access_token");
      assertThat(client.me(token).status()).isEqualTo(200);

      server.close();

      await().atMost(Duration.ofSeconds(20)).until(() -> status(client, "/ready") == 503);
      assertThat(status(client, "/ready?scope=instance")).isEqualTo(200);
      assertThat(client.me(token).status()).isEqualTo(200);
      assertThat(status(client, "/.well-known/jwks.json")).isEqualTo(200);
      assertThat(client.signIn(EMAIL, PASSWORD).status()).isEqualTo(503);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> task(client, "heartbeat").equals("failing"));
      assertThat(status(client, "/health")).isEqualTo(200);
      assertThat(task(client, "key-refresh")).isEqualTo("up");
    } finally {
      server.close();
    }
  }

  private static Map<String, String> on(EmbeddedServer server) {
    return Map.of(
        "GATEHOUSE_DATABASE_URL", server.url(),
        "GATEHOUSE_DATABASE_USER", server.user(),
        "GATEHOUSE_DATABASE_PASSWORD", server.password(),
        "GATEHOUSE_SECRET_KEY", Base64.getEncoder().encodeToString(new byte[32]));
  }

  private static String task(ApiClient client, String name) {
    return client
        .get("/health", Optional.empty())
        .json()
        .at("/checks/" + name + "/status")
        .asString();
  }

  private static int status(ApiClient client, String path) {
    return client.get(path, Optional.empty()).status();
  }
}
