package dev.gatehouse.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.postgres.database.DatabaseStartException;
import dev.gatehouse.postgres.fixture.PreparedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedServerTest {
  private static final Path PROGRAMS = PreparedServer.programs();

  /// Made once and copied for each test: creating a cluster takes seconds.
  @TempDir private static Path pristine;

  @TempDir private Path folder;
  private EmbeddedSettings settings = new EmbeddedSettings(Path.of("unset"), PROGRAMS, 20, true);

  @BeforeAll
  static void createCluster() {
    EmbeddedServer.start(new EmbeddedSettings(pristine, PROGRAMS, 20, false)).close();
  }

  @BeforeEach
  void copyCluster() throws IOException {
    settings = new EmbeddedSettings(folder.resolve("postgres"), PROGRAMS, 20, true);
    copy(pristine, settings.home());
  }

  /// Whatever a failed test left running is of this folder, so that a start and a stop take it
  /// away.
  @AfterEach
  void stopWhatIsLeft() throws IOException {
    if (Files.exists(settings.home().resolve("data").resolve("postmaster.pid"))) {
      EmbeddedServer.start(settings).close();
    }
  }

  @Test
  void keepsItsDataAndItsPortFromStartToStart() throws Exception {
    String url;
    try (var server = EmbeddedServer.start(settings)) {
      url = server.url();
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
    try (var server = EmbeddedServer.start(settings)) {
      assertThat(server.url()).isEqualTo(url);
      assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
    assertThat(Postmaster.of(settings.home().resolve("data"))).isEmpty();
  }

  @Test
  void isFoundByOtherProgramsWhileItRuns() throws Exception {
    assertThat(RunningServer.on(settings)).isEmpty();
    try (var server = EmbeddedServer.start(settings)) {
      RunningServer found = RunningServer.on(settings).orElseThrow();

      assertThat(found.url()).isEqualTo(server.url());
      try (var connection =
          DriverManager.getConnection(found.url(), found.user(), found.password())) {
        assertThat(connection.isValid(5)).isTrue();
      }
      assertThat(found.toString()).doesNotContain(found.password());
    }
    assertThat(RunningServer.on(settings)).isEmpty();
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (var server = EmbeddedServer.start(settings)) {
      assertThatThrownBy(() -> DriverManager.getConnection(server.url(), server.user(), "guess"))
          .hasMessageContaining("password authentication failed");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(settings.home().resolve("password"))))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesASecondProgramOnTheSameFolder() {
    try (var server = EmbeddedServer.start(settings)) {
      assertThat(server.pid()).isPresent();
      assertThatThrownBy(() -> EmbeddedServer.start(settings))
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContaining("another Gatehouse is running on the data folder");
    }
  }

  @Test
  void refusesDataOfAnotherMajorVersion() throws IOException {
    Files.writeString(settings.home().resolve("data").resolve("PG_VERSION"), "17\n");

    assertThatThrownBy(() -> EmbeddedServer.start(settings))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("is of PostgreSQL 17, this program brings 18");
  }

  @Test
  void revivesAServerThatDies() throws Exception {
    try (var server = EmbeddedServer.start(settings)) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      long killed = server.pid().orElseThrow();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> ask(server, "SELECT answer FROM kept").equals("42"));
      assertThat(server.pid()).isPresent().isNotEqualTo(Optional.of(killed));
    }
  }

  @Test
  void replacesTheServerThatOutlivedAKilledProgram() throws Exception {
    long orphan = killProgramInTheMiddleOfWork();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (var server = EmbeddedServer.start(settings)) {
      assertThat(server.pid()).isPresent().isNotEqualTo(Optional.of(orphan));
      assertThat(Integer.parseInt(ask(server, "SELECT count(*) FROM acknowledged")))
          .isGreaterThanOrEqualTo(acknowledged);
    }
  }

  @Test
  void startsAgainAfterEverythingWasKilled() throws Exception {
    long orphan = killProgramInTheMiddleOfWork();
    ProcessHandle.of(orphan).orElseThrow().destroyForcibly();

    try (var server = EmbeddedServer.start(settings)) {
      assertThat(Integer.parseInt(ask(server, "SELECT count(*) FROM acknowledged")))
          .isGreaterThanOrEqualTo(acknowledged);
    }
  }

  @Test
  void isNotMisledByAStrangersProcessId() throws Exception {
    EmbeddedServer.start(settings).close();
    long stranger = ProcessHandle.current().pid();
    Files.writeString(
        settings.home().resolve("data").resolve("postmaster.pid"),
        "%d\n%s\n%d\n5432\n\n127.0.0.1\n\nready\n"
            .formatted(
                stranger, settings.home().resolve("data"), System.currentTimeMillis() / 1000));

    try (var server = EmbeddedServer.start(settings)) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void unpacksItsProgramsAnewWhenAFileIsCutShort() throws IOException {
    Path parent = folder.resolve("programs");
    copy(PROGRAMS, parent);
    Programs programs = Programs.in(parent);
    Path postgres = Path.of(programs.path("postgres"));
    long size = Files.size(postgres);
    Files.write(postgres, new byte[10]);

    assertThat(Programs.in(parent)).isEqualTo(programs);
    assertThat(postgres).hasSize(size);
    assertThat(Files.isExecutable(postgres)).isTrue();
  }

  private int acknowledged;

  /// Runs the program in its own JVM, which writes row after row, and kills it.
  ///
  /// @return the process id of the server it leaves behind
  private long killProgramInTheMiddleOfWork() throws IOException, InterruptedException {
    var program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WritingProgram.class.getName(),
                settings.home().toString(),
                settings.binaries().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
      long server = Long.parseLong(lines.readLine());
      for (int row = 0; row < 200; row++) {
        acknowledged = Integer.parseInt(lines.readLine());
      }
      // Of the handle: that of the process would close the stream with what is still in it.
      program.toHandle().destroyForcibly();
      assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
      for (String line : lines.lines().toList()) {
        acknowledged = Integer.parseInt(line);
      }
      return server;
    }
  }

  private static void copy(Path folder, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path from : all.toList()) {
        Files.copy(
            from,
            target.resolve(folder.relativize(from).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static String ask(EmbeddedServer server, String query) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(EmbeddedServer server, String... statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    }
  }
}
