package dev.gatehouse.testkit.consul;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// A real Consul agent in development mode: it keeps its state in memory, so that a restart loses
/// it. Its ports stay the same.
public final class ConsulAgent implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final Path program;
  private final Path log;
  private final int[] ports;
  private volatile Process process;

  private ConsulAgent(Path program) throws IOException, InterruptedException {
    this.program = program;
    this.log = Files.createTempFile("consul", ".log");
    this.ports = IntStream.generate(FreePorts::next).limit(4).toArray();
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    awaitLeader();
  }

  /// Starts an agent and waits until it works. Skips the test if Consul is unavailable.
  public static ConsulAgent start() throws IOException, InterruptedException {
    return new ConsulAgent(ConsulProgram.path());
  }

  /// The address of its HTTP API.
  public URI url() {
    return URI.create("http://127.0.0.1:" + ports[0]);
  }

  /// Kills the agent.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(5, TimeUnit.SECONDS);
  }

  /// Restarts a killed agent, without its state.
  public void startAgain() throws IOException, InterruptedException {
    process = launch();
    awaitLeader();
  }

  /// Suspends the agent: connections stay open without responses.
  public void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /// Resumes the agent.
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /// Sends PUT to a path of its API.
  public void put(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve(path))
            .timeout(Duration.ofSeconds(5))
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = client.send(request, BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IOException("Consul responded to PUT " + path + " with " + status);
    }
  }

  /// Sends GET to a path of its API.
  public String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(5)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    client.shutdownNow();
    Files.deleteIfExists(log);
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "agent",
            "-dev",
            "-bind=127.0.0.1",
            "-client=127.0.0.1",
            "-node=test",
            "-http-port=" + ports[0],
            "-server-port=" + ports[1],
            "-serf-lan-port=" + ports[2],
            "-serf-wan-port=" + ports[3],
            "-dns-port=-1",
            "-grpc-port=-1",
            "-log-level=warn",
            "-hcl=disable_update_check = true");
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private void awaitLeader() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!leads()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        process.destroyForcibly();
        throw new IOException("Consul did not start:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean leads() throws InterruptedException {
    try {
      return get("/v1/status/leader").contains(":") && get("/v1/agent/services").startsWith("{");
    } catch (IOException _) {
      return false;
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
  }
}
