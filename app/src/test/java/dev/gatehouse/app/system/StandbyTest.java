package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.testkit.postgres.StandbyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program on two real servers, the second following the first, both with few connections.
class StandbyTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void searchesAreReadFromTheStandbyAndTooFewConnectionsAreToldOf() throws Exception {
    Path home = folder.resolve("primary");
    TestPostgres.start(home, 60, false).close();
    StandbyServer.copy(home.resolve("data"), folder.resolve("standby"));
    try (EmbeddedServer primary = TestPostgres.start(home, 60, false);
        var standby =
            StandbyServer.follow(
                primary.url(),
                primary.user(),
                primary.password(),
                home.resolve("programs"),
                folder.resolve("standby"))) {
      Map<String, String> settings =
          TestSettings.alikeOn(primary.url(), primary.user(), primary.password());
      settings.put("GATEHOUSE_DATABASE_REPLICA_URL", standby.url());
      settings.put("GATEHOUSE_DATABASE_REPLICA_MAX_LAG", "1h");
      settings.put("GATEHOUSE_DATABASE_MAX_OPEN", "70");
      try (var program = RunningGatehouse.startOnFolder(folder.resolve("data"), settings)) {
        awaitLogged("Searches are read from the standby");
        for (String server : new String[] {"PostgreSQL", "the standby"}) {
          awaitLogged("1 instances may open 74 connections (74 each), %s has 5".formatted(server));
        }
        assertThatSearchesShowWhatTheStandbyHas(program, settings, primary, standby);
      }
    }
  }

  private static void assertThatSearchesShowWhatTheStandbyHas(
      RunningGatehouse program,
      Map<String, String> settings,
      EmbeddedServer primary,
      StandbyServer standby)
      throws Exception {
    var builder = program.prepared("keys", "create", "directory", "--scope", "users:read");
    builder.environment().putAll(settings);
    Process creating = builder.start();
    String key = new String(creating.getInputStream().readAllBytes(), UTF_8).strip();
    execute(standby, primary, StandbyServer.PAUSE);

    assertThat(program.client().register("late@example.org", "an engine of difference").status())
        .isEqualTo(201);

    // While no one has asked the standby how far it is for a second, the primary responds.
    await().atMost(TIMEOUT).until(() -> !search(program, key).contains("late@example.org"));
    execute(standby, primary, "SELECT pg_wal_replay_resume()");
    await().atMost(TIMEOUT).until(() -> search(program, key).contains("late@example.org"));
  }

  private static String search(RunningGatehouse program, String key) {
    var response = program.client().get("/v1/users?limit=200", Optional.of(key));
    assertThat(response.status()).isEqualTo(200);
    return response.body();
  }

  private void awaitLogged(String text) {
    await().atMost(TIMEOUT).until(() -> log().contains(text));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("data.log"));
  }

  private static void execute(StandbyServer standby, EmbeddedServer primary, String sql)
      throws SQLException {
    try (var connection =
            DriverManager.getConnection(standby.url(), primary.user(), primary.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
