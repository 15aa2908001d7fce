package dev.gatehouse.testkit.redis;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/// A real Redis for one test, without persistence. It can be stopped, killed, suspended and
/// restarted on the same port.
public final class RedisFixture implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  private static final long POLL_NANOS = 5_000_000;

  /// A node of a Cluster also needs the port ten thousand above, which may be in use.
  private static final int PORTS_TRIED = 5;

  private final Path program;
  private final Path directory;
  private final List<String> options;
  private int port;
  private Process process;

  private RedisFixture(Path program, List<String> options) {
    this.program = program;
    this.options = options;
    this.directory = newDirectory();
    this.process = launchAnywhere(PORTS_TRIED);
  }

  /// Starts the embedded Redis 6.2, which needs no installation.
  ///
  /// @param options of the command line
  public static RedisFixture embedded(String... options) {
    return new RedisFixture(Embedded.PROGRAM, List.of(options));
  }

  /// Starts the `redis-server` on the path; empty when there is none.
  ///
  /// @param options of the command line
  public static Optional<RedisFixture> installed(String... options) {
    return installedProgram().map(program -> new RedisFixture(program, List.of(options)));
  }

  /// The `redis-server` on the path.
  static Optional<Path> installedProgram() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// The port on the loopback interface.
  public int port() {
    return port;
  }

  /// The address for clients.
  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /// Restarts it after [#kill], without data.
  public void start() {
    process = launch();
  }

  /// Kills it, like a crash.
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("redis-server does not end");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /// Suspends it: connections stay open without responses.
  public void freeze() {
    signal("STOP");
  }

  /// Resumes it.
  public void thaw() {
    signal("CONT");
  }

  /// Sends a command and returns the beginning of the reply.
  public String command(String... words) {
    try (var connection = new RedisConversation(port)) {
      return connection.say(words);
    }
  }

  @Override
  public void close() {
    kill();
    directory.resolve("nodes.conf").toFile().delete();
    directory.toFile().delete();
  }

  private Process launchAnywhere(int attempts) {
    port = FreePorts.next();
    try {
      return launch();
    } catch (UncheckedIOException notHere) {
      if (attempts == 1) {
        throw notHere;
      }
      return launchAnywhere(attempts - 1);
    }
  }

  private Process launch() {
    var command = new ArrayList<String>(List.of(program.toString()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    command.addAll(options);
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      awaitStart(started);
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitStart(Process started) throws IOException {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!responds()) {
      if (!started.isAlive() || System.nanoTime() - end > 0) {
        started.destroyForcibly();
        throw new IOException("redis-server did not start on port " + port);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// Listening is not sufficient: a node of a Cluster exits later when its second port is in use.
  private boolean responds() {
    try {
      return !command("PING").isEmpty();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("gatehouse-redis");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static final class Embedded {
    static final Path PROGRAM = unpack();

    private static Path unpack() {
      try {
        return ExecutableProvider.newJarResourceProvider().get().toPath();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
