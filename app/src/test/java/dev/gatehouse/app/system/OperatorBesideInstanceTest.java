package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The operator's commands as processes of their own, beside an instance on the embedded PostgreSQL.
class OperatorBesideInstanceTest {
  private static final String PASSWORD = "an engine of difference";

  /// Promised is one second; the rest is for a busy machine.
  private static final Duration SOON = Duration.ofSeconds(3);

  private static @Nullable RunningGatehouse program;

  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void start() {
    program = RunningGatehouse.start(folder.resolve("data"), Map.of());
  }

  @AfterAll
  static void stop() {
    program().close();
  }

  @Test
  void keysWorkUntilTheyAreRevoked() throws Exception {
    String key = command("", "keys", "create", "directory", "--scope", "users:read").strip();
    assertThat(search(key).status()).isEqualTo(200);
    String listed = command("", "keys", "list").strip();
    assertThat(listed).contains("directory").doesNotContain(key);

    command("", "keys", "revoke", listed.substring(0, listed.indexOf(' ')));

    await().atMost(SOON).until(() -> search(key).status() == 401);
    assertThat(search(key).text("code")).isEqualTo("INVALID_TOKEN");
  }

  @Test
  void administratorsAdministerUntilTheRoleIsTaken() throws Exception {
    command(PASSWORD + "\n", "users", "create", "root@example.org", "--role", "admin");
    String token = program().client().signIn("root@example.org", PASSWORD).text("access_token");
    assertThat(search(token).status()).isEqualTo(200);
    assertThat(search(token).body()).contains("root@example.org");

    command("", "users", "revoke", "root@example.org", "admin");

    await().atMost(SOON).until(() -> search(token).status() == 401);
    String fresh = program().client().signIn("root@example.org", PASSWORD).text("access_token");
    assertThat(search(fresh).status()).isEqualTo(403);
  }

  @Test
  void theNextSigningKeyIsPublishedAheadOfItsUse() throws Exception {
    String said = command("", "keys", "rotate-signing", "--json");
    String kid = new JsonMapper().readTree(said).required("kid").stringValue();

    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                program()
                    .client()
                    .get("/.well-known/jwks.json", Optional.empty())
                    .body()
                    .contains(kid));
  }

  private static Answer search(String bearer) {
    return program().client().get("/v1/users?limit=200", Optional.of(bearer));
  }

  private static String command(String input, String... arguments)
      throws IOException, InterruptedException {
    return program().command(input, arguments);
  }

  private static RunningGatehouse program() {
    if (program == null) {
      throw new IllegalStateException("not started");
    }
    return program;
  }
}
