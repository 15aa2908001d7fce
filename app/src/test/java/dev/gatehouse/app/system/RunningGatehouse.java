package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.app.Main;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.postgres.embedded.RunningServer;
import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// `gatehouse serve` as its own process on an embedded PostgreSQL, with hashes that cost little so
/// that tests can make many. Stopped in order when it is closed.
final class RunningGatehouse implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final List<String> BRIEF =
      List.of(Script.java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final Path data;
  private final Path log;
  private final URI base;
  private final ApiClient client;
  private final ApiClient management;

  private RunningGatehouse(Process process, Path data, Path log, int port, int managementPort) {
    this.process = process;
    this.data = data;
    this.log = log;
    this.base = loopback(port);
    this.client = new ApiClient(base);
    this.management = new ApiClient(loopback(managementPort));
  }

  /// Starts on this data folder, with a PostgreSQL that no one has used yet if there is none, and
  /// returns when it is ready. Compiles little of its code: an instance that serves for seconds
  /// would spend most of its time on that.
  static RunningGatehouse start(Path data, Map<String, String> settings) {
    TestPostgres.prepareUnder(data);
    return startOnFolder(data, settings);
  }

  /// The same without a PostgreSQL that was made before: as on the first day, or with another
  /// database.
  static RunningGatehouse startOnFolder(Path data, Map<String, String> settings) {
    return start(BRIEF, data, settings);
  }

  /// The same, as fast as it is in production after a while: for measurements.
  static RunningGatehouse startToMeasure(Path data, Map<String, String> settings) {
    return start(List.of(Script.java()), data, settings);
  }

  /// The same, on one core of the machine.
  static RunningGatehouse startOnCore(int core, Path data, Map<String, String> settings) {
    return start(List.of("taskset", "-c", Integer.toString(core), Script.java()), data, settings);
  }

  /// A second instance on the database and with the keys of this one.
  RunningGatehouse startSecond(Map<String, String> settings) {
    return startOnFolder(besides(), beside(settings));
  }

  /// The same; returns when it serves, ready or not.
  RunningGatehouse startSecondUnready(Map<String, String> settings) {
    RunningGatehouse second = launch(BRIEF, besides(), beside(settings));
    second.await(second::serves);
    return second;
  }

  /// What it has logged so far.
  String log() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path besides() {
    return data.resolveSibling(data.getFileName() + "-second");
  }

  private Map<String, String> beside(Map<String, String> settings) {
    RunningServer database = database();
    var shared = new HashMap<>(settings);
    shared.put("GATEHOUSE_DATABASE_URL", database.url());
    shared.put("GATEHOUSE_DATABASE_USER", database.user());
    shared.put("GATEHOUSE_DATABASE_PASSWORD", database.password());
    shared.put("GATEHOUSE_SECRET_KEY", secretKey());
    shared.put("GATEHOUSE_TOKEN_ISSUER", base().toString());
    return shared;
  }

  /// Runs an operator's command beside it to its end and gives what it printed.
  ///
  /// @param input what someone types meanwhile
  String command(String input, String... arguments) throws IOException, InterruptedException {
    Path errors = data.resolveSibling("errors.log");
    Process running = prepared(arguments).redirectError(errors.toFile()).start();
    try (var standardInput = running.getOutputStream()) {
      standardInput.write(input.getBytes(UTF_8));
    }
    String output = new String(running.getInputStream().readAllBytes(), UTF_8);
    boolean ended = running.waitFor(1, TimeUnit.MINUTES);
    if (!ended || running.exitValue() != 0) {
      throw new AssertionError("the command fails: " + Files.readString(errors));
    }
    return output;
  }

  /// An operator's command, ready to be run beside it.
  ProcessBuilder prepared(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Script.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    builder.environment().put("GATEHOUSE_DATA_DIR", data.toString());
    return builder;
  }

  /// Its embedded PostgreSQL.
  RunningServer database() {
    return RunningServer.on(EmbeddedSettings.under(data, 10)).orElseThrow();
  }

  /// The key that it made for itself.
  String secretKey() {
    try {
      return Files.readString(data.resolve("secret.key")).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static RunningGatehouse start(
      List<String> java, Path data, Map<String, String> settings) {
    RunningGatehouse running = launch(java, data, settings);
    running.await(running::isReady);
    return running;
  }

  private static RunningGatehouse launch(
      List<String> java, Path data, Map<String, String> settings) {
    try {
      int port = FreePorts.next();
      int managementPort = FreePorts.next();
      Path log =
          Files.createDirectories(data.toAbsolutePath())
              .resolveSibling(data.getFileName() + ".log");
      var command = new ArrayList<>(java);
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "-Xmx512m",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "serve"));
      var builder = new ProcessBuilder(command);
      var environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
      environment.put("GATEHOUSE_DATA_DIR", data.toAbsolutePath().toString());
      environment.put("GATEHOUSE_HTTP_PORT", Integer.toString(port));
      environment.put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(managementPort));
      environment.putAll(TestSettings.patient());
      // All clients of a test come from one address.
      environment.put("GATEHOUSE_RATE_LIMIT", "off");
      environment.putAll(settings);
      var output = ProcessBuilder.Redirect.appendTo(log.toFile());
      Process process = builder.redirectErrorStream(true).redirectOutput(output).start();
      return new RunningGatehouse(process, data, log, port, managementPort);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A client of the API, always the same.
  ApiClient client() {
    return client;
  }

  URI base() {
    return base;
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// The metrics, in the text form of Prometheus.
  String metrics() {
    return management.get("/metrics", Optional.empty()).body();
  }

  /// Whether `/ready` on the management port says so.
  boolean isReady() {
    try {
      return management.get("/ready", Optional.empty()).status() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  /// Keeps its PostgreSQL to another core than its own.
  void moveDatabaseToCore(int core) throws IOException, InterruptedException {
    var postgres = ProcessHandle.of(postmaster()).orElseThrow();
    for (long pid :
        Stream.concat(Stream.of(postgres), postgres.descendants())
            .map(ProcessHandle::pid)
            .toList()) {
      Script.run("taskset", "-p", "-c", Integer.toString(core), Long.toString(pid));
    }
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst().strip());
  }

  /// The processor time it has used so far, without its PostgreSQL.
  long cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  void send(String signal) {
    signal(signal, process.pid());
  }

  /// Kills the program and its PostgreSQL together, as a power cut would.
  void killEverything() throws IOException, InterruptedException {
    signal("KILL", process.pid(), postmaster());
    process.waitFor();
  }

  /// Waits for its end.
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the program does not end; its log is " + log);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      exitStatus();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Whether its API responds.
  private boolean serves() {
    try {
      return client.get("/health", Optional.empty()).status() == 200;
    } catch (UncheckedIOException notListening) {
      return false;
    }
  }

  private void await(BooleanSupplier started) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!started.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("the program does not start:\n" + log());
      }
      pause();
    }
  }

  static void signal(String signal, long... pids) {
    var command = new ArrayList<String>(List.of("kill", "-" + signal));
    for (long pid : pids) {
      command.add(Long.toString(pid));
    }
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(50));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
