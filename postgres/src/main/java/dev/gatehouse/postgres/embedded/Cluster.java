package dev.gatehouse.postgres.embedded;

import dev.gatehouse.postgres.database.DatabaseStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The files of a server: its databases, its superuser's password and its log, and the programs
/// that create, start and stop it.
final class Cluster {
  static final String SUPERUSER = "gatehouse";

  /// Of the programs in the archive.
  private static final String MAJOR = "18";

  private static final Duration CREATE_LIMIT = Duration.ofMinutes(2);
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final long MAX_LOG_BYTES = 1024 * 1024;

  private final EmbeddedSettings settings;
  private final Programs programs;
  private final Path data;
  private final Path passwordFile;
  private final Path log;

  Cluster(EmbeddedSettings settings, Programs programs) {
    this.settings = settings;
    this.programs = programs;
    this.data = settings.home().resolve("data");
    this.passwordFile = passwordFile(settings.home());
    this.log = settings.home().resolve("server.log");
  }

  static Path passwordFile(Path home) {
    return home.resolve("password");
  }

  Path data() {
    return data;
  }

  Path log() {
    return log;
  }

  String password() throws IOException {
    return Files.readString(passwordFile).strip();
  }

  /// Creates the databases unless they are there. What a crash left half made is begun again.
  void createIfAbsent() throws IOException {
    if (Files.exists(data)) {
      requireOurMajor();
      return;
    }
    if (!Files.exists(passwordFile)) {
      Folders.writePrivate(passwordFile, randomPassword());
    }
    Path unfinished = settings.home().resolve("data.unfinished");
    Folders.delete(unfinished);
    var command =
        new ArrayList<>(
            List.of(programs.path("initdb"), "--pgdata=" + unfinished, "--username=" + SUPERUSER));
    command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile));
    command.addAll(List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"));
    command.addAll(List.of("--builtin-locale=C.UTF-8", "--set=timezone=UTC"));
    if (!settings.durable()) {
      command.add("--no-sync");
    }
    require("created", Command.run(CREATE_LIMIT, command));
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  Command.Outcome start(int port) throws IOException {
    boundLog();
    String durable = settings.durable() ? "on" : "off";
    var options =
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=" + settings.maxConnections(),
            "password_encryption=scram-sha-256",
            "fsync=" + durable,
            "synchronous_commit=" + durable,
            "full_page_writes=" + durable,
            // Failed statements are reported to anyone who put them. In the log they would leave
            // personal data, and there would be no end to it.
            "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_checkpoints=off",
            "log_timezone=UTC");
    return Command.run(
        START_LIMIT.plusSeconds(5),
        List.of(
            programs.path("pg_ctl"),
            "start",
            "--pgdata=" + data,
            "--log=" + log,
            "--wait",
            "--timeout=" + START_LIMIT.toSeconds(),
            "--options=-c " + String.join(" -c ", options)));
  }

  /// Stops the server that runs on these files, rolling back what is under way.
  Command.Outcome stop() throws IOException {
    return Command.run(
        STOP_LIMIT.plusSeconds(5),
        List.of(
            programs.path("pg_ctl"),
            "stop",
            "--pgdata=" + data,
            "--mode=fast",
            "--wait",
            "--timeout=" + STOP_LIMIT.toSeconds()));
  }

  private void requireOurMajor() throws IOException {
    Path file = data.resolve("PG_VERSION");
    String major = Files.exists(file) ? Files.readString(file).strip() : "unknown";
    if (!major.equals(MAJOR)) {
      throw new DatabaseStartException(
          "the data in %s is of PostgreSQL %s, this program brings %s: move it with pg_dump, or run the program it was made with"
              .formatted(data, major, MAJOR));
    }
  }

  private void boundLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling("server.previous.log"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void require(String what, Command.Outcome outcome) {
    if (!outcome.succeeded()) {
      throw new DatabaseStartException(
          "the embedded PostgreSQL in %s could not be %s: %s"
              .formatted(settings.home(), what, outcome.output()));
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
