package dev.gatehouse.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packed program as its own process on an embedded PostgreSQL. Stopped when closed.
final class PackedGatehouse implements AutoCloseable {
  private static final Path JAR = Path.of("..", "app", "target", "gatehouse.jar");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI base;

  private PackedGatehouse(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  static PackedGatehouse start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString(),
            "serve");
    var environment = builder.environment();
    environment.put("GATEHOUSE_DATA_DIR", folder.resolve("data").toString());
    environment.put("GATEHOUSE_HTTP_PORT", Integer.toString(port));
    environment.put("GATEHOUSE_MANAGEMENT_PORT", Integer.toString(freePort()));
    Path log = folder.resolve("gatehouse.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var running = new PackedGatehouse(process, URI.create("http://127.0.0.1:" + port));
    running.awaitReady(log);
    return running;
  }

  /// Where it is, and what its tokens name as their issuer.
  String issuer() {
    return base.toString();
  }

  /// Registers someone and signs in.
  ///
  /// @return the access token
  String signIn(String email) throws IOException, InterruptedException {
    String body =
        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, "correct horse battery");
    post("/v1/users", body);
    Matcher token = ACCESS_TOKEN.matcher(post("/v1/sessions", body));
    if (!token.find()) {
      throw new AssertionError("nobody is signed in");
    }
    return token.group(1);
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString()).body();
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new AssertionError("the program does not start:\n" + Files.readString(log));
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  private boolean isReady() throws InterruptedException {
    var request = HttpRequest.newBuilder(base.resolve("/ready")).timeout(Duration.ofSeconds(5));
    try {
      HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
      return response.statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      http.close();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
