package dev.gatehouse.testkit.postgres;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A standby that follows a primary by streaming replication, created from a copy of the stopped
/// primary, or a primary that is not started again by anyone when it is stopped.
public final class StandbyServer implements AutoCloseable {
  /// Pauses the replay on the standby and returns once it is paused, which the function itself does
  /// not await.
  public static final String PAUSE =
      """
      SELECT pg_wal_replay_pause();
      DO $$ BEGIN
        WHILE pg_get_wal_replay_pause_state() <> 'paused' LOOP PERFORM pg_sleep(0.01); END LOOP;
      END $$
      """;

  private final Path pgCtl;
  private final Path data;
  private final int port;

  private StandbyServer(Path pgCtl, Path data, int port) {
    this.pgCtl = pgCtl;
    this.data = data;
    this.port = port;
  }

  /// Copies the files of a stopped server.
  public static void copy(Path stopped, Path copy) throws IOException {
    Files.walkFileTree(
        stopped,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path target = copy.resolve(stopped.relativize(folder));
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(folder));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, copy.resolve(stopped.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Starts on such a copy and follows the primary.
  ///
  /// @param primary the JDBC URL of the primary
  /// @param programs the folder of the PostgreSQL programs
  public static StandbyServer follow(
      String primary, String user, String password, Path programs, Path copy)
      throws IOException, InterruptedException {
    int primaryPort = URI.create(primary.substring("jdbc:".length())).getPort();
    Files.writeString(
        copy.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'%n"
            .formatted(primaryPort, user, password));
    Files.createFile(copy.resolve("standby.signal"));
    var standby = new StandbyServer(pgCtl(programs), copy, FreePorts.next());
    standby.start();
    return standby;
  }

  /// Starts a primary on the files of a stopped server.
  ///
  /// @param programs the folder of the PostgreSQL programs
  public static StandbyServer primary(Path programs, Path data)
      throws IOException, InterruptedException {
    var primary = new StandbyServer(pgCtl(programs), data, FreePorts.next());
    primary.start();
    return primary;
  }

  /// The JDBC URL.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/gatehouse";
  }

  /// The port.
  public int port() {
    return port;
  }

  /// Promotes it.
  public void promote() throws IOException, InterruptedException {
    run("promote", "--wait", "--timeout=60");
  }

  /// Stops it like a crash.
  public void stop() throws IOException, InterruptedException {
    run("stop", "--mode=immediate", "--wait");
  }

  /// Starts it, also after a stop.
  public void start() throws IOException, InterruptedException {
    run(
        "start",
        "--wait",
        "--timeout=60",
        "--log=" + data.resolveSibling(data.getFileName() + ".log"),
        "--options=-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories= -c fsync=off -c max_connections=60"
            .formatted(port));
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(data.resolve("postmaster.pid"))) {
      return;
    }
    try {
      stop();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String action, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U", "--"));
    }
    command.addAll(List.of(pgCtl.toString(), action, "--pgdata=" + data));
    command.addAll(List.of(options));
    Path output = Files.createTempFile("pg_ctl", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("pg_ctl " + action + ": " + Files.readString(output));
    }
    Files.delete(output);
  }

  private static Path pgCtl(Path programs) throws IOException {
    try (var versions = Files.list(programs)) {
      return versions
          .map(version -> version.resolve("bin/pg_ctl"))
          .filter(Files::exists)
          .findAny()
          .orElseThrow();
    }
  }
}
