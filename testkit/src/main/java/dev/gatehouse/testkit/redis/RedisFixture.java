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

/// A real Redis of a test's own, kept in memory only. It can be stopped, killed, frozen and started
/// again on the same port.
public final class RedisFixture implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  private static final long POLL_NANOS = 5_000_000;

  /// A node of a Cluster also needs the port ten thousand above its own, which anybody may have
  /// taken.
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

  /// Starts the Redis that comes as an artifact: 6.2, nothing has to be installed.
  ///
  /// @param options as on the command line
  public static RedisFixture embedded(String... options) {
    return new RedisFixture(Embedded.PROGRAM, List.of(options));
  }

  /// Starts the `redis-server` on the path; empty when there is none.
  ///
  /// @param options as on the command line
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

  /// Where it listens, on the loopback interface.
  public int port() {
    return port;
  }

  /// Its address as clients are given it.
  public URI url() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /// Starts it again after [#kill]; empty, since nothing is kept.
  public void start() {
    process = launch();
  }

  /// Ends it at once, as a crash does.
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

  /// Freezes it: connections stay, nothing is answered.
  public void freeze() {
    signal("STOP");
  }

  /// Lets it go on.
  public void thaw() {
    signal("CONT");
  }

  /// Sends one command and gives the beginning of the reply.
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
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() - end > 0) {
        started.destroyForcibly();
        throw new IOException("redis-server did not start on port " + port);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// Listening is not enough: a node of a Cluster ends after that when it lacks its second port.
  private boolean answers() {
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
