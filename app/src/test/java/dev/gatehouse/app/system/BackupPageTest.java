package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Main;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands of `docs/backup.md` beside and between real instances.
class BackupPageTest {
  private static final Path PAGE = Path.of("..", "docs", "backup.md");
  private static final String PASSWORD = "an engine of difference";
  private static final String WRITTEN_URL =
      "postgresql://gatehouse:secret@db.example.com:5432/gatehouse";
  private static final String OTHER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @TempDir private Path folder;

  @Test
  void backsUpRestoresAndMoves() throws Exception {
    Path data = folder.resolve("data");
    String access;
    String refresh;
    try (var program = RunningGatehouse.start(data, Map.of())) {
      assertThat(program.client().register("ada@example.org", PASSWORD).status()).isEqualTo(201);
      var signedIn = program.client().signIn("ada@example.org", PASSWORD);
      access = signedIn.text("access_token");
      refresh = signedIn.text("refresh_token");

      Script backedUp = run(block("sh backup"), Map.of());

      assertThat(backedUp.status()).as(backedUp.output()).isZero();
      assertThat(backedUp.output()).contains("verified");
      Path file = folder.resolve("gatehouse.backup");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      String stored = new String(Files.readAllBytes(file), UTF_8);
      assertThat(stored).doesNotContain(program.secretKey());
      assertThat(program.client().register("eve@example.org", PASSWORD).status()).isEqualTo(201);
      Script refused = run(block("sh restore"), Map.of());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output()).contains("instances are running");
    }

    Script refused = run(block("sh restore"), Map.of("GATEHOUSE_SECRET_KEY", OTHER_KEY));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("the secret key does not open", "nothing was changed");
    Script restored = run(block("sh restore"), Map.of());

    assertThat(restored.status()).as(restored.output()).isZero();
    assertThat(restored.output()).contains("1 sessions ended");
    String kept;
    try (var program = RunningGatehouse.start(data, Map.of())) {
      assertThat(program.client().signIn("eve@example.org", PASSWORD).status()).isEqualTo(401);
      assertThat(program.client().refresh(refresh).status()).isEqualTo(401);
      assertThat(program.client().me(access).status()).isEqualTo(401);
      var signedIn = program.client().signIn("ada@example.org", PASSWORD);
      assertThat(signedIn.status()).isEqualTo(201);
      kept = signedIn.text("refresh_token");
    }
    moves(kept);
  }

  private void moves(String refresh) throws Exception {
    try (var server = TestPostgres.start(folder.resolve("own"), 30, false)) {
      sql(server, "CREATE DATABASE moved", "postgres");
      String url = server.url("moved").replaceFirst("^jdbc:", "");
      String address =
          url.replaceFirst(
              "//", "//%s:%s@".formatted(server.user(), server.password()).replace("$", "\\$"));

      Script moved = run(block("sh move").replace(WRITTEN_URL, address), Map.of());

      assertThat(moved.status()).as(moved.output()).isZero();
      assertThat(moved.output()).contains("0 sessions ended");
      String key = Files.readString(folder.resolve("data").resolve("secret.key")).strip();
      var settings = Map.of("GATEHOUSE_DATABASE_URL", address, "GATEHOUSE_SECRET_KEY", key);
      try (var program = RunningGatehouse.startOnFolder(folder.resolve("other"), settings)) {
        assertThat(program.client().refresh(refresh).status()).isEqualTo(200);
        assertThat(program.client().signIn("ada@example.org", PASSWORD).status()).isEqualTo(201);
        assertThat(program.client().get("/v1/users/me", Optional.empty()).status()).isEqualTo(401);
      }
      Script again = run("gatehouse backup again.backup", settings);
      assertThat(again.status()).as(again.output()).isZero();
      assertThat(audited(server))
          .containsExactly(
              "backup_restored by operator: gatehouse.backup",
              "backup_restored by operator: moving.backup",
              "backup_written by operator: again.backup");
      sql(server, block("sql"), "moved");
    }
  }

  private static List<String> audited(EmbeddedServer server) throws Exception {
    String query =
        """
        SELECT event || ' by ' || actor || ': ' || subject
        FROM audit_events
        WHERE event LIKE 'backup%'
        ORDER BY sequence
        """;
    try (var connection =
            DriverManager.getConnection(server.url("moved"), server.user(), server.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var events = new ArrayList<String>();
      while (rows.next()) {
        events.add(rows.getString(1));
      }
      return events;
    }
  }

  private static void sql(EmbeddedServer server, String sql, String database) throws Exception {
    try (var connection =
            DriverManager.getConnection(server.url(database), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// What the page has under this word.
  private static String block(String word) throws IOException {
    var blocks =
        Pattern.compile("^```" + word + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    assertThat(blocks.find()).as(word).isTrue();
    return blocks.group(1);
  }

  /// Runs commands in a shell that knows `gatehouse`.
  private Script run(String commands, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path script = folder.resolve("commands.sh");
    Path output = folder.resolve("commands.log");
    Files.writeString(
        script,
        "set -euo pipefail\n"
            + "gatehouse() { \"$JAVA\" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1"
            + " -XX:+UseSerialGC -cp \"$CLASSES\" \"$MAIN\" \"$@\"; }\n"
            + commands);
    var builder = new ProcessBuilder("bash", script.toString()).directory(folder.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    environment.put("JAVA", Script.java());
    environment.put("CLASSES", System.getProperty("java.class.path"));
    environment.put("MAIN", Main.class.getName());
    environment.put("GATEHOUSE_DATA_DIR", folder.resolve("data").toString());
    environment.putAll(settings);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Script(process.exitValue(), Files.readString(output));
  }
}
