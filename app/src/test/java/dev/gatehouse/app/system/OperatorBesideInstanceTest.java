package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The operator's commands as their own processes, beside an instance on the embedded PostgreSQL.
class OperatorBesideInstanceTest {
  private static final String PASSWORD = "an engine of difference";

  /// Both of "correct horse", made by libxcrypt and OpenSSL.
  private static final String BCRYPT =
      "$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC";

  private static final String PBKDF2 =
      "pbkdf2_sha256$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=";
  private static final int MANY = 20_000;

  /// Promised is one second; the rest is for a busy machine.
  private static final Duration SOON = Duration.ofSeconds(20);

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

    command(PASSWORD + "\n", "users", "create", "other-root@example.org", "--role", "admin");
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

  @Test
  void importedUsersSignInAndTravelOn() throws Exception {
    Path file = folder.resolve("moved.csv");
    Files.write(
        file,
        List.of(
            "email,display_name,password_hash,created_at,roles",
            "bob@example.org,\"Bob, the first\"," + BCRYPT + ",2020-01-31T12:00:00Z,a;b",
            "bob@Example.org,," + BCRYPT + ",,",
            "zoe@example.org,Zoë," + PBKDF2 + ",,",
            "no-address,,plain,,"));

    Script imported = run(Map.of(), "import", file.toString());

    assertThat(imported.status()).as(imported.output()).isEqualTo(1);
    assertThat(imported.output())
        .contains("2 imported, 2 rejected", "line 3: email: ", "line 5: email: ")
        .contains("line 5: password_hash: ");
    for (String email : List.of("bob@example.org", "zoe@example.org")) {
      assertThat(program().client().signIn(email, "correct horsf").status()).isEqualTo(401);
      assertThat(program().client().signIn(email, "correct horse").status()).isEqualTo(201);
    }

    String exported = folder.resolve("exported.ndjson").toString();
    command("", "export", exported, "--with-password-hashes");
    StoredUsers here = StoredUsers.of(program());
    StoredUsers there = here.empty("moved_to");
    Script moved = run(there.settings(program().secretKey()), "import", exported);
    assertThat(moved.status()).as(moved.output()).isZero();
    assertThat(there.all()).contains("bob@example.org", "Zoë", "2020-01-31").isEqualTo(here.all());
  }

  @Test
  void aCheckBesideTheInstanceFindsNothingToApply() throws Exception {
    Script checked = run(Map.of(), "migrate", "--check");

    assertThat(checked.output()).isEqualTo("0 to apply\n");
    assertThat(checked.status()).isZero();
    assertThat(program().client().register("after-check@example.org", PASSWORD).status())
        .isEqualTo(201);
  }

  @Test
  void aCheckWaitsUntilTheSchemaIsMigrated() throws Exception {
    Map<String, String> settings =
        StoredUsers.of(program()).empty("unmigrated").settings(program().secretKey());
    assertThat(run(settings, "migrate", "--check").status()).isEqualTo(3);
    Process waiting = started(settings, "migrate", "--check", "--wait", "2m");
    var said = waiting.inputReader(UTF_8);
    assertThat(said.readLine()).contains("at version 0, this program needs");

    Script migrated = run(settings, "migrate");

    assertThat(migrated.output()).contains(" applied");
    assertThat(said.lines().filter(line -> !line.contains("Waiting, ")))
        .containsExactly("0 to apply");
    assertThat(waiting.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(waiting.exitValue()).isZero();
  }

  @Test
  void anImportThatIsKilledGoesOnWithTheNextRun() throws Exception {
    Path file = folder.resolve("many.ndjson");
    var lines = new ArrayList<String>();
    var faulty = new ArrayList<String>();
    for (int n = 1; n <= MANY; n++) {
      boolean bad = n % 997 == 0;
      String email = bad ? "bad" : "many-%d@example.org".formatted(n);
      lines.add("{\"email\":\"%s\",\"password_hash\":\"%s\"}".formatted(email, BCRYPT));
      if (bad) {
        faulty.add("line %d: email: It is not an email address. (invalid)".formatted(n));
      }
    }
    Files.write(file, lines);
    StoredUsers stored = StoredUsers.of(program());
    Path told = folder.resolve("killed.log");

    Process first =
        program().prepared("import", file.toString()).redirectError(told.toFile()).start();
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> stored.linesImported() >= 500);
    first.destroyForcibly().waitFor();
    assertThat(stored.count("many-")).isBetween(490L, MANY - 1_000L);

    Script second = run(Map.of(), "import", file.toString());

    assertThat(second.output())
        .contains("going on after line ")
        .contains("%d imported, %d rejected".formatted(MANY - faulty.size(), faulty.size()))
        .doesNotContain("EMAIL_TAKEN");
    assertThat(stored.count("many-")).isEqualTo(MANY - faulty.size());
    String both = Files.readString(told) + second.output();
    assertThat(both.lines().filter(line -> line.startsWith("line ")).distinct())
        .containsExactlyElementsOf(faulty);
  }

  private static Script run(Map<String, String> settings, String... arguments)
      throws IOException, InterruptedException {
    Process running = started(settings, arguments);
    String output = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Script(running.exitValue(), output);
  }

  private static Process started(Map<String, String> settings, String... arguments)
      throws IOException {
    var builder = program().prepared(arguments).redirectErrorStream(true);
    builder.environment().putAll(settings);
    return builder.start();
  }

  private static ApiResponse search(String bearer) {
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
