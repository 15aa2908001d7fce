package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A collector that takes connections and never responds costs no request and no memory.
@ExtendWith(ObservedExtension.class)
class DeadCollectorTest {
  private static final int CLIENTS = 4;
  private static final int REQUESTS = 10_000;

  /// So many are sent before the first response is read.
  private static final int AT_ONCE = 25;

  private static final int QUEUE = 512;
  private static final int BATCH = 128;
  private static final String EMAIL = "unheard@example.org";
  private static final String SPAN = "io.opentelemetry.sdk.trace.SdkSpan";

  @Test
  void losesNoneOfTenThousandRequestsAndKeepsNoMoreSpansThanItsQueue(Observed observed)
      throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Node node = observed.begin("unheard", settings(silent.getLocalPort()))) {
      node.awaitReady();
      String token = token(node);

      assertThat(readers(node, token)).hasSize(CLIENTS).containsOnly(REQUESTS / CLIENTS);

      // Each request was two spans; those on their way to the collector are kept beside the queue.
      assertThat(liveSpans(node)).isBetween((long) QUEUE / 2, (long) QUEUE + 2 * BATCH);
    }
  }

  private static Map<String, String> settings(int collector) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + collector,
        "OTEL_BSP_MAX_QUEUE_SIZE",
        Integer.toString(QUEUE),
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        Integer.toString(BATCH),
        "GATEHOUSE_LOG_LEVEL",
        "warn");
  }

  private static String token(Node node) {
    var client = Observed.client(node);
    client.register(EMAIL, "an engine of difference");
    return client.signIn(EMAIL, "an engine of difference").text("access_token");
  }

  /// How many requests of each reader returned the user.
  private static List<Integer> readers(Node node, String token) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < CLIENTS; reader++) {
        readers.add(() -> read(node, token));
      }
      List<Integer> found = new ArrayList<>();
      for (Future<Integer> reader : threads.invokeAll(readers)) {
        found.add(reader.get());
      }
      return found;
    }
  }

  private static int read(Node node, String token) throws IOException {
    String request =
        "GET /v1/users/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(token);
    int found = 0;
    try (var client = new RawHttpClient(node.port())) {
      for (int sent = 0; sent < REQUESTS / CLIENTS; sent += AT_ONCE) {
        client.send(request.repeat(AT_ONCE));
        for (int response = 0; response < AT_ONCE; response++) {
          var read = client.read();
          found += read.status() == 200 && read.text().contains(EMAIL) ? 1 : 0;
        }
      }
    }
    return found;
  }

  /// As the JVM counts them after a full collection.
  private static long liveSpans(Node node) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(jcmd, Long.toString(node.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(asked.waitFor()).as(told).isZero();
    return told.lines()
        .filter(line -> line.strip().endsWith(SPAN) || line.contains(SPAN + " "))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", 3)[1]))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no spans: " + told));
  }
}
