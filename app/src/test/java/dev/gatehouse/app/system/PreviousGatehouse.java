package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An earlier version of the program, built from its commit, on the database of a running one.
final class PreviousGatehouse implements AutoCloseable {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration BUILD = Duration.ofMinutes(8);
  private static final Duration START = Duration.ofMinutes(2);

  private final Process process;
  private final URI base;

  private PreviousGatehouse(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /// The version meant: the one of `-Dupgrade.from=COMMIT`, else the newest tag before this commit,
  /// else the commit before this one.
  static String version() throws IOException, InterruptedException {
    Optional<String> asked = Optional.ofNullable(System.getProperty("upgrade.from"));
    if (asked.isPresent()) {
      return asked.get();
    }
    Script tag = Script.run("git", "describe", "--tags", "--abbrev=0", "HEAD~1");
    return tag.status() == 0 ? tag.output().strip() : "HEAD~1";
  }

  /// Builds a version in a folder and gives its jar.
  static Path build(String version, Path folder) throws IOException, InterruptedException {
    String commit = Script.run("git", "rev-parse", version + "^{commit}").output().strip();
    run(folder, Duration.ofMinutes(1), "git", "clone", "-q", "-n", ROOT.toString(), "source");
    Path source = folder.resolve("source");
    run(source, Duration.ofMinutes(1), "git", "checkout", "-q", commit);
    run(source, BUILD, "./mvnw", "-q", "-B", "package", "-pl", "app", "-am", "-Dmaven.test.skip");
    return source.resolve("app/target/gatehouse.jar");
  }

  /// Starts it on the embedded PostgreSQL of the program that runs on this data folder.
  static PreviousGatehouse start(Path jar, Path data) throws IOException, InterruptedException {
    String port = Files.readString(data.resolve("postgres/port")).strip();
    int own = FreePorts.next();
    int management = FreePorts.next();
    var builder =
        new ProcessBuilder(
            Script.java(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            "-jar",
            jar.toString(),
            "serve");
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    environment.put("GATEHOUSE_DATABASE_URL", "postgresql://127.0.0.1:" + port + "/gatehouse");
    environment.put("GATEHOUSE_DATABASE_USER", "gatehouse");
    environment.put(
        "GATEHOUSE_DATABASE_PASSWORD", Files.readString(data.resolve("postgres/password")).strip());
    environment.put("GATEHOUSE_SECRET_KEY", Files.readString(data.resolve("secret.key")).strip());
    environment.put("GATEHOUSE_HTTP_PORT", Integer.toString(own));
    environment.put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(management));
    environment.put("GATEHOUSE_TOKEN_ISSUER", "http://one");
    environment.put("GATEHOUSE_RATE_LIMIT", "off");
    environment.put("GATEHOUSE_HASH_MAX_WAIT", "10s");
    Path log = data.resolveSibling("previous.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var previous = new PreviousGatehouse(process, URI.create("http://127.0.0.1:" + own));
    previous.awaitReady(log);
    return previous;
  }

  URI base() {
    return base;
  }

  ApiClient client() {
    return new ApiClient(base);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("the previous program did not stop in order");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!responds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("the previous program does not start:\n" + Files.readString(log));
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private boolean responds() {
    try {
      return client().get("/ready", Optional.empty()).status() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  private static void run(Path folder, Duration limit, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("previous", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + ": " + Files.readString(output, UTF_8));
    }
    Files.delete(output);
  }
}
