package dev.gatehouse.app.system.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.app.Main;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An instance or a gateway as its own process, on ports that stay the same over its lives.
public final class Node implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Manner manner;
  private final String command;
  private final Map<String, String> settings;
  private final Path log;
  private final int port = FreePorts.next();
  private final int managementPort = FreePorts.next();
  private Process process;

  /// How the process is run.
  ///
  /// @param prefix of the command line, such as `taskset`
  /// @param options of the JVM
  /// @param program its main class
  public record Manner(List<String> prefix, List<String> options, Class<?> program) {
    /// Starts fast and is small.
    public static final Manner BRIEF =
        new Manner(
            List.of(),
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"),
            Main.class);

    /// Runs fast, on one core.
    public static Manner measuredOn(int core) {
      return new Manner(
          List.of("taskset", "-c", Integer.toString(core)),
          List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx256m"),
          Main.class);
    }

    /// The same for another program.
    public Manner running(Class<?> other) {
      return new Manner(prefix, options, other);
    }
  }

  private Node(Manner manner, String command, Map<String, String> settings, Path log)
      throws IOException {
    this.manner = manner;
    this.command = command;
    this.settings = settings;
    this.log = log;
    this.process = launch();
  }

  /// Begins to start an instance.
  public static Node instance(Manner manner, Map<String, String> settings, Path log)
      throws IOException {
    return new Node(manner, "serve", settings, log);
  }

  /// Begins to start a gateway.
  public static Node gateway(Manner manner, Map<String, String> settings, Path log)
      throws IOException {
    return new Node(manner, "gateway", settings, log);
  }

  /// Of its API, or where it takes what it passes on.
  public int port() {
    return port;
  }

  /// Of its metrics.
  public int managementPort() {
    return managementPort;
  }

  /// Host and port.
  public String address() {
    return "127.0.0.1:" + port;
  }

  boolean isReady() {
    try (var client = new RawHttpClient(managementPort)) {
      return client.send("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n").read().status() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /// Waits until it says so.
  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(command + " does not start:\n" + Files.readString(log, UTF_8));
      }
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  /// As the kernel does it when memory is short.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void startAgain() throws IOException {
    process = launch();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// Stops it in order.
  ///
  /// @return its exit status
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(command + " does not end; its log is " + log);
    }
    return process.exitValue();
  }

  /// The processor time it has used in this life.
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /// The id of its process.
  public long pid() {
    return process.pid();
  }

  /// What it has written so far, to either stream.
  public List<String> logged() throws IOException {
    return Files.readAllLines(log, UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private Process launch() throws IOException {
    List<String> line = new ArrayList<>(manner.prefix());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(manner.options());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            manner.program().getName(),
            command));
    var builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    builder.environment().putAll(settings);
    String own = command.equals("gateway") ? "GATEHOUSE_GATEWAY_PORT" : "GATEHOUSE_HTTP_PORT";
    builder.environment().put(own, Integer.toString(port));
    builder.environment().put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(managementPort));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
