package dev.gatehouse.testkit.prometheus;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The installed Prometheus, started for one test.
public final class PrometheusServer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePorts.next();
  private final Path log;
  private final Process process;

  private PrometheusServer(Path configuration, Path folder) throws IOException {
    this.log = folder.resolve("prometheus.log");
    this.process =
        new ProcessBuilder(
                InstalledProgram.find("prometheus").toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /// Starts it, or skips the test with a message if it is not installed.
  ///
  /// @param configuration the file with the scrape targets
  /// @param folder of its data
  public static PrometheusServer start(Path configuration, Path folder)
      throws IOException, InterruptedException {
    var server = new PrometheusServer(configuration, folder);
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!server.isReady()) {
      if (!server.process.isAlive() || System.nanoTime() - end > 0) {
        server.close();
        throw new AssertionError("Prometheus does not start: " + Files.readString(server.log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return server;
  }

  /// The result of an expression, as JSON of its API.
  public String query(String expression) throws IOException, InterruptedException {
    return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
  }

  /// The alerts that are pending or firing, as JSON of its API.
  public String alerts() throws IOException, InterruptedException {
    return get("/api/v1/alerts");
  }

  /// The targets and their state, as JSON of its API.
  public String targets() throws IOException, InterruptedException {
    return get("/api/v1/targets");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    client.shutdownNow();
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/-/ready").contains("Ready");
    } catch (IOException notListening) {
      return false;
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(REQUEST_TIMEOUT)
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }
}
