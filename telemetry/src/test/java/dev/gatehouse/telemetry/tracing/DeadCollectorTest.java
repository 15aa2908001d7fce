package dev.gatehouse.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A collector that never responds does not slow down requests.
class DeadCollectorTest {
  private static final int REQUESTS = 10_000;
  private static final long MEBIBYTE = 1024 * 1024;

  @Test
  void losesNoRequestAndHoldsNoMoreMemoryThanItsQueue() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var server =
            TracedServer.start(
                TracedServer.settings(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                    Sampling.STANDARD,
                    Duration.ofSeconds(2)),
                _ -> List.of(Route.get("/work", _ -> Response.noContent()).access(Guard.PUBLIC)));
        var client = server.connect()) {
      send(client, REQUESTS / 10);
      long before = used();
      send(client, REQUESTS);

      // 512 spans of a queue and as many of batches under way; ten thousand would be some 20 MiB.
      assertThat(used() - before).isLessThan(8 * MEBIBYTE);

      long start = System.nanoTime();
      server.tracing().close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  private static void send(RawHttpClient client, int requests) throws IOException {
    for (int sent = 0; sent < requests; sent++) {
      assertThat(client.send(TracedServer.request("GET", "/work")).read().status()).isEqualTo(204);
    }
  }

  private static long used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
