package dev.gatehouse.postgres.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.postgres.database.DatabaseStartException;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.fixture.TestDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
  private static final LockWaits LOCKS =
      new LockWaits(Duration.ofMillis(300), 3, Duration.ofMillis(100));

  private final TestDatabase database = TestDatabase.createEmpty();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void runsEachScriptOnceWhenFourInstancesMigrateAtOnce() throws Exception {
    Callable<Integer> instance = () -> new Migrations(database.settings()).migrate();
    var scripts = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> ran : threads.invokeAll(Collections.nCopies(4, instance))) {
        scripts.add(ran.get());
      }
    }

    assertThat(scripts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(versions().size());
  }

  @Test
  void listsWhatIsPendingAndChangesNothing() throws Exception {
    var migrations = new Migrations(database.settings());

    assertThat(migrations.check()).hasSize(versions().size());
    assertThat(migrations.check()).first().isEqualTo("V1 create users and sessions");
    migrations.migrate();
    assertThat(migrations.check()).isEmpty();
  }

  @Test
  void worksOnANewerSchemaThatOnlyAdds() throws SQLException {
    var migrations = new Migrations(database.settings());
    migrations.migrate();
    pretend(99, "add something");
    pretend(100, "contract " + Migrations.NEWEST + " drop what the program before used");

    assertThat(migrations.migrate()).isZero();
    assertThat(migrations.check()).isEmpty();
  }

  @Test
  void refusesASchemaThatNoLongerServesIt() throws SQLException {
    var migrations = new Migrations(database.settings());
    migrations.migrate();
    pretend(99, "contract " + (Migrations.NEWEST + 1) + " drop what this program uses");

    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("version 99, which no longer serves programs older than");
    assertThatThrownBy(migrations::check).isInstanceOf(DatabaseStartException.class);
  }

  @Test
  void saysInWordsThatTheServerDoesNotAnswer() {
    var nobody = PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/none", "user", "");

    assertThatThrownBy(() -> new Migrations(nobody, Duration.ofMillis(300), LOCKS).migrate())
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("//127.0.0.1:1/none does not let us in");
  }

  @Test
  void saysInWordsThatThePasswordIsWrong() {
    var right = database.settings();
    var wrong = PostgresSettings.of(right.url(), right.user(), "wrong");

    assertThatThrownBy(() -> new Migrations(wrong).migrate())
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void saysWhatIsMissingWhenTheTimeToWaitIsOver() {
    var migrations = new Migrations(database.settings());

    assertThatThrownBy(() -> migrations.await(Duration.ofSeconds(1)))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageEndingWith(
            "is at version 0, this program needs %d; waited 1 s for it", Migrations.NEWEST);
    migrations.migrate();
    migrations.await(Duration.ofSeconds(1));
  }

  @Test
  void waitsForAServerNoLongerThanItIsTold() {
    var nobody = PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/none", "user", "");

    assertThatThrownBy(() -> new Migrations(nobody).await(Duration.ofSeconds(1)))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("//127.0.0.1:1/none does not let us in")
        .hasMessageEndingWith("waited 1 s for it");
  }

  @Test
  void doesNotWaitForASchemaToGrowOlder() throws SQLException {
    new Migrations(database.settings()).migrate();
    pretend(99, "contract " + (Migrations.NEWEST + 1) + " drop what this program uses");

    assertThatThrownBy(() -> new Migrations(database.settings()).await(Duration.ofHours(1)))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("no longer serves programs older than");
  }

  /// Version 9 changes the table of registrations.
  @Test
  void keepsNobodyWaitingBehindAScriptThatWaitsForALock() throws Exception {
    migrateTo(8);
    try (var threads = Executors.newFixedThreadPool(1);
        var reader = connect()) {
      lock(reader, "registrations");
      var locks = new LockWaits(Duration.ofMillis(500), 60, Duration.ofMillis(500));
      var migrations = new Migrations(database.settings(), Duration.ofSeconds(30), locks);
      Future<Integer> migrating = threads.submit(migrations::migrate);
      await().atMost(Duration.ofSeconds(20)).until(this::somebodyWaitsForALock);

      execute("SET statement_timeout = '20s'; SELECT count(*) FROM registrations");
      reader.commit();

      assertThat(migrating.get(30, TimeUnit.SECONDS)).isEqualTo(versions().size() - 8);
    }
  }

  @Test
  void givesUpInWordsWhenALockIsNotLetGo() throws Exception {
    migrateTo(7);
    try (var reader = connect()) {
      lock(reader, "registrations");
      var migrations = new Migrations(database.settings(), Duration.ofSeconds(30), LOCKS);

      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContaining("V9__claim_registrations.sql")
          .hasMessageEndingWith(
              "other sessions hold a lock that it needs, at each of 3 attempts of 300 ms");
      assertThat(migrations.check()).hasSize(versions().size() - 8);
    }
    assertThat(new Migrations(database.settings()).migrate()).isEqualTo(versions().size() - 8);
  }

  @Test
  void knowsItsNewestScript() throws Exception {
    assertThat(Collections.max(versions())).isEqualTo(Migrations.NEWEST);
  }

  /// Of all scripts; some numbers may be left out.
  private static List<Integer> versions() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(Migrations.class.getResource("/db/migration"), "scripts")
                .toURI());
    try (Stream<Path> scripts = Files.list(folder)) {
      return scripts
          .map(script -> script.getFileName().toString())
          .map(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
          .toList();
    }
  }

  private void pretend(int version, String description) throws SQLException {
    execute(
        """
        INSERT INTO flyway_schema_history
        SELECT installed_rank + %1$d, '%1$d', '%2$s', type, script, checksum, installed_by,
          installed_on, execution_time, success
        FROM flyway_schema_history WHERE version = '1'
        """
            .formatted(version, description));
  }

  /// As a program of that version did.
  private void migrateTo(int version) {
    var settings = database.settings();
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .target(Integer.toString(version))
        .load()
        .migrate();
  }

  /// As a backup does.
  private static void lock(Connection reader, String table) throws SQLException {
    reader.setAutoCommit(false);
    try (var statement = reader.createStatement()) {
      statement.execute("LOCK TABLE %s IN ACCESS SHARE MODE".formatted(table));
    }
  }

  private boolean somebodyWaitsForALock() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var waiting =
            statement.executeQuery(
                """
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)) {
      return waiting.next();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    var settings = database.settings();
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }
}
