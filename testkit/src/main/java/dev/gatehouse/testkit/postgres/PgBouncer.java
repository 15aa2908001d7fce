package dev.gatehouse.testkit.postgres;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PgBouncer in front of a server, with its own settings as they are by default, apart from the
/// size of its pool. Stopped when it is closed.
public final class PgBouncer implements AutoCloseable {
  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// The program, if it is installed.
  public static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts it in front of a server.
  ///
  /// @param mode `session` or `transaction`
  /// @param size how many sessions of the server it uses
  /// @param server the JDBC URL of the server
  public static PgBouncer start(
      Path folder, String mode, int size, String server, String user, String password)
      throws IOException {
    int serverPort = URI.create(server.substring("jdbc:".length())).getPort();
    int port = FreePorts.next();
    Path file = Files.createDirectories(folder).resolve("pgbouncer.ini");
    Files.writeString(
        file,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=%s password=%s
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = %s
        default_pool_size = %d
        max_client_conn = 200
        """
            .formatted(serverPort, user, password, port, mode, size));
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root.
      command.addAll(List.of("unshare", "-U", "--"));
    }
    command.add(program().orElseThrow().toString());
    command.add(file.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    return new PgBouncer(process, port);
  }

  /// The JDBC URL of a database behind it.
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
