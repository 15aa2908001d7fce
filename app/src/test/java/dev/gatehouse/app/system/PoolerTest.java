package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.postgres.database.DatabaseStartException;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.testkit.postgres.PgBouncer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two instances that reach PostgreSQL through PgBouncer.
class PoolerTest {
  private static final String PASSWORD = "an engine of difference";
  private static final Duration REVOKED = Duration.ofSeconds(5);
  private static final int PEOPLE = 60;

  @TempDir private Path folder;
  private EmbeddedServer server;

  @BeforeEach
  void start() {
    assumeThat(PgBouncer.program()).as("pgbouncer, from the Debian package").isPresent();
    server = TestPostgres.start(folder.resolve("server"), 80, false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "transaction, 3, A transaction pooler is in front of PostgreSQL",
    "session, 60, A session pooler is in front of PostgreSQL"
  })
  void serveThroughEitherMode(String mode, int size, String logged) throws Exception {
    new Migrations(settings(server.url())).migrate();
    try (PgBouncer pooler = pooler(mode, size)) {
      Map<String, String> settings =
          TestSettings.alikeOn(pooler.url("gatehouse"), server.user(), server.password());
      try (var first = RunningGatehouse.startOnFolder(folder.resolve("first"), settings);
          var second = RunningGatehouse.startOnFolder(folder.resolve("second"), settings)) {
        assertThat(first.log()).contains(logged);
        registerMany(first, second);
        signOutEverywhere(first.client(), second.client());
      }
    }
  }

  @Test
  void migratesThroughASessionPooler() throws Exception {
    try (PgBouncer pooler = pooler("session", 10)) {
      assertThat(new Migrations(settings(pooler.url("gatehouse"))).migrate()).isPositive();
    }
  }

  @Test
  void doesNotMigrateThroughATransactionPooler() throws Exception {
    try (PgBouncer pooler = pooler("transaction", 10)) {
      var migrations = new Migrations(settings(pooler.url("gatehouse")));

      assertThatExceptionOfType(DatabaseStartException.class)
          .isThrownBy(migrations::migrate)
          .withMessageContaining("run gatehouse migrate with the address of PostgreSQL itself");
    }
  }

  private PgBouncer pooler(String mode, int size) throws Exception {
    return PgBouncer.start(
        folder.resolve("pooler"), mode, size, server.url(), server.user(), server.password());
  }

  private PostgresSettings settings(String url) {
    return PostgresSettings.of(url, server.user(), server.password());
  }

  private static void registerMany(RunningGatehouse first, RunningGatehouse second)
      throws Exception {
    var next = new AtomicInteger();
    List<Integer> statuses =
        Parallel.times(
            PEOPLE,
            () -> {
              int person = next.incrementAndGet();
              ApiClient client = (person % 2 == 0 ? first : second).client();
              String email = "person%d@example.org".formatted(person);
              int registered = client.register(email, PASSWORD).status();
              return registered == 201 ? client.signIn(email, PASSWORD).status() : registered;
            });

    assertThat(statuses).containsOnly(201);
  }

  private static void signOutEverywhere(ApiClient first, ApiClient second) {
    var session = first.signIn("person1@example.org", PASSWORD);
    var refreshed = second.refresh(session.text("refresh_token"));
    assertThat(refreshed.status()).isEqualTo(200);
    String token = refreshed.text("access_token");
    assertThat(first.me(token).status()).isEqualTo(200);

    assertThat(second.send("DELETE", "/v1/sessions", Optional.of(token), "").status())
        .isEqualTo(204);
    await().atMost(REVOKED).until(() -> first.me(token).status() == 401);
  }
}
