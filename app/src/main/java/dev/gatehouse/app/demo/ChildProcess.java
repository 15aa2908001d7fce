package dev.gatehouse.app.demo;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program of the cluster, started again when it dies: so that killing one can be tried out. Its
/// output goes to a file. Thread-safe.
final class ChildProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration BEFORE_A_RESTART = Duration.ofSeconds(3);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(25);
  private static final int OK = 200;

  private final String name;
  private final ProcessBuilder builder;
  private final File output;
  private final Thread watching;
  private volatile Process process;
  private volatile boolean stopping;

  private ChildProcess(String name, ProcessBuilder builder, File output) throws IOException {
    this.name = name;
    this.builder = builder;
    this.output = output;
    this.process = builder.start();
    this.watching = Thread.ofVirtual().name("watch " + name).start(this::watch);
  }

  /// Starts a program.
  ///
  /// @param settings its variables; of this process's own, those of the product are not handed on
  static ChildProcess start(
      String name, List<String> command, Map<String, String> settings, Path folder)
      throws IOException {
    File output = folder.resolve(name.replace(' ', '-') + ".log").toFile();
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("GATEHOUSE_"));
    builder.environment().putAll(settings);
    return new ChildProcess(name, builder, output);
  }

  long pid() {
    return process.pid();
  }

  /// Waits until it responds with success at this address.
  ///
  /// @throws IOException when it ends before, or takes too long
  void await(URI address, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try (var client = HttpClient.newBuilder().connectTimeout(patience).build()) {
      while (!responds(client, address)) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new IOException(name + " does not start:\n" + Files.readString(output.toPath()));
        }
        Thread.sleep(BETWEEN_QUESTIONS);
      }
    }
  }

  private static boolean responds(HttpClient client, URI address) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void watch() {
    try {
      while (!stopping) {
        int status = process.waitFor();
        // Ctrl-C reaches every process of the terminal: one that ends before us is not missed.
        Thread.sleep(BEFORE_A_RESTART);
        if (stopping) {
          return;
        }
        log.warn("{} ended with status {} and is started again", name, status);
        restart();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void restart() {
    if (stopping) {
      return;
    }
    try {
      process = builder.start();
      log.info("{} is started again as process {}", name, process.pid());
    } catch (IOException failure) {
      log.error("{} cannot be started again; retrying", name, failure);
    }
  }

  /// Asks it to stop, and does not wait until it has.
  void ask() {
    synchronized (this) {
      stopping = true;
    }
    watching.interrupt();
    process.destroy();
  }

  @Override
  public void close() {
    ask();
    try {
      process.onExit().get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException hanging) {
      log.warn("{} does not stop and is killed", name);
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
