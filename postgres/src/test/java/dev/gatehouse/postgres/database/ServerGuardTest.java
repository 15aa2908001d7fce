package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.postgres.fixture.PreparedServer;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One address at which servers with different data are started in turn.
final class ServerGuardTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path home;
  private final ServerGuard guard = new ServerGuard();
  private EmbeddedSettings embedded;
  private PostgresSettings settings;

  @BeforeEach
  void prepare() {
    embedded = PreparedServer.in(home, 40);
    try (var server = EmbeddedServer.start(embedded)) {
      settings =
          Settings.waiting(
              PostgresSettings.of(server.url(), server.user(), server.password()),
              Duration.ofSeconds(1));
      new Migrations(settings).migrate();
    }
  }

  @Test
  void refusesAnOlderCopyUntilItIsAccepted() throws Exception {
    keepCopy("older");
    try (var database = open()) {
      var users = new PostgresUsers(database);
      try (var _ = EmbeddedServer.start(embedded)) {
        await().atMost(SOON).ignoreExceptions().until(() -> added(users).version() == 1);
        database.write(statements -> statements.update(DatabaseEpoch.BEAT.call()));
        User stored = added(users);
        await().atMost(SOON).until(() -> users.find(stored.id()).isPresent());
        awaitSeen(1);
      }
      try (var _ = EmbeddedServer.start(embedded)) {
        await().atMost(SOON).ignoreExceptions().until(() -> added(users).version() == 1);
        assertThat(guard.refusal()).as("after a regular restart").isEmpty();
      }

      putInPlace("older");
      try (var _ = EmbeddedServer.start(embedded)) {
        await().atMost(SOON).until(() -> guard.refusal().isPresent());
        assertThat(guard.refusal().orElseThrow()).contains("it lacks 1 signs of life");
        for (int attempt = 0; attempt < 20; attempt++) {
          assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> added(users));
        }
        assertThatExceptionOfType(Unavailable.class).isThrownBy(guard::requireCurrent);

        assertThat(accept()).isGreaterThan(1);
        await().atMost(SOON).until(() -> guard.refusal().isEmpty());
        await().atMost(SOON).ignoreExceptions().until(() -> added(users).version() == 1);
        guard.requireCurrent();
      }
    }
  }

  @Test
  void refusesAnOldPrimaryAfterAPromotion() throws Exception {
    keepCopy("older");
    try (var database = open()) {
      var users = new PostgresUsers(database);
      Files.createFile(data().resolve("standby.signal"));
      try (var server = EmbeddedServer.start(embedded)) {
        execute(server, "SELECT pg_promote(true)");
        await().atMost(SOON).ignoreExceptions().until(() -> added(users).version() == 1);
        execute(server, "CHECKPOINT");
      }

      putInPlace("older");
      try (var server = EmbeddedServer.start(embedded)) {
        // The old primary has taken many more writes than the new one.
        execute(server, "CREATE TABLE filler AS SELECT generate_series(1, 100000) AS number");
        await().atMost(SOON).until(() -> guard.refusal().isPresent());
        assertThat(guard.refusal().orElseThrow()).contains("its timeline is 1, 2 was seen");
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> added(users));
      }
    }
  }

  @Test
  void refusesWhatOtherInstancesKnowToBeBehind() {
    var shared = new Shared();
    try (var database = open();
        var _ = EmbeddedServer.start(embedded)) {
      var users = new PostgresUsers(database);
      await().atMost(SOON).ignoreExceptions().until(() -> added(users).version() == 1);
      shared.responds = false;
      guard.exchange(shared);
      assertThat(shared.read().position()).as("written without a reading").isEmpty();
      shared.responds = true;
      guard.exchange(shared);
      ServerPosition ours = shared.read().position().orElseThrow();

      shared.write(
          new ServerPosition(
              ours.system(), ours.epoch(), ours.timeline() + 1, ours.beats(), ours.flushed()));
      guard.exchange(shared);

      await().atMost(SOON).until(() -> guard.refusal().isPresent());
      assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> added(users));
      guard.exchange(shared);
      assertThat(shared.read().position().orElseThrow().timeline()).isEqualTo(ours.timeline() + 1);
    }
  }

  @Test
  void usesAServerThatDoesNotTellItsPosition() throws Exception {
    try (var server = EmbeddedServer.start(embedded)) {
      execute(server, "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
      execute(server, "CREATE ROLE app LOGIN PASSWORD 'app' IN ROLE pg_read_all_data");
      execute(server, "GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO app");
      var plain = PostgresSettings.of(server.url(), "app", "app");
      guard.arm();
      try (var database = open(plain)) {
        assertThat(added(new PostgresUsers(database)).version()).isEqualTo(1);
      }
      assertThat(guard.refusal()).isEmpty();
    }
  }

  private Database open() {
    guard.arm();
    return open(settings);
  }

  private Database open(PostgresSettings how) {
    return Database.open(
        how,
        guard,
        (_, _) -> new IMetricsTracker() {},
        StatementListener.NONE,
        new PeriodicTasks(PeriodicTaskListener.NONE));
  }

  /// The monitor reads ten times a second.
  private void awaitSeen(long beats) {
    var shared = new Shared();
    await()
        .atMost(SOON)
        .until(
            () -> {
              guard.exchange(shared);
              return shared
                  .read()
                  .position()
                  .filter(position -> position.beats() >= beats)
                  .isPresent();
            });
  }

  private long accept() {
    try (var other = Database.open(settings)) {
      return DatabaseEpoch.raise(other);
    }
  }

  private static User added(PostgresUsers users) {
    return users.add(Sample.newUser(), Sample.hash("first"));
  }

  private Path data() {
    return home.resolve("data");
  }

  private void keepCopy(String name) throws IOException {
    copy(data(), home.resolve(name));
  }

  private void putInPlace(String name) throws IOException {
    Files.move(data(), home.resolve("newer"));
    Files.move(home.resolve(name), data());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void execute(EmbeddedServer server, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// What Redis does.
  private static final class Shared implements SharedPosition {
    private volatile Optional<ServerPosition> stored = Optional.empty();
    private volatile boolean responds = true;

    @Override
    public Reading read() {
      return new Reading(responds, stored);
    }

    @Override
    public void write(ServerPosition position) {
      stored = Optional.of(position);
    }
  }
}
