package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.postgres.fixture.TestDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
  private final TestDatabase database = TestDatabase.createEmpty();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void letsOneOfFourInstancesMigrateWhileTheOthersWait() throws Exception {
    Callable<Integer> instance = () -> new Migrations(database.settings()).migrate();
    var scripts = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> ran : threads.invokeAll(Collections.nCopies(4, instance))) {
        scripts.add(ran.get());
      }
    }

    assertThat(scripts).containsExactlyInAnyOrder(Migrations.NEWEST, 0, 0, 0);
  }

  @Test
  void listsWhatIsPendingAndChangesNothing() {
    var migrations = new Migrations(database.settings());

    assertThat(migrations.check()).hasSize(Migrations.NEWEST);
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

    assertThatThrownBy(() -> new Migrations(nobody, Duration.ofMillis(300)).migrate())
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

  @Test
  void knowsItsNewestScript() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(Migrations.class.getResource("/db/migration"), "scripts")
                .toURI());
    List<Integer> versions;
    try (Stream<Path> scripts = Files.list(folder)) {
      versions =
          scripts
              .map(script -> script.getFileName().toString())
              .map(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
              .toList();
    }

    assertThat(Collections.max(versions)).isEqualTo(Migrations.NEWEST);
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

  private void execute(String sql) throws SQLException {
    var settings = database.settings();
    try (var connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
