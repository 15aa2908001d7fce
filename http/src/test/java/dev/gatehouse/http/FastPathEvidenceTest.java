package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.server.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a response on the event loop saves against the same response on a virtual thread: CPU time
/// of this process per request under `wrk`, the two in turn. Needs `wrk` and a quiet machine.
@Tag("evidence")
class FastPathEvidenceTest {
  private static final Response RESPONSE =
      Response.jsonBytes(200, "{\"id\":\"%s\"}".formatted("0".repeat(120)).getBytes(UTF_8));
  private static final int ROUNDS = 4;
  private static final int SECONDS = 8;
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

  @Test
  void costsLessThanAVirtualThread() throws Exception {
    try (var server =
        TestServer.with(
            Route.get("/immediate", _ -> RESPONSE).access(Guard.PUBLIC).immediate(_ -> RESPONSE),
            Route.get("/dispatched", _ -> RESPONSE).access(Guard.PUBLIC))) {
      load(server, "/immediate");
      load(server, "/dispatched");
      double immediate = 0;
      double dispatched = 0;
      for (int round = 0; round < ROUNDS; round++) {
        immediate += load(server, "/immediate");
        dispatched += load(server, "/dispatched");
      }
      System.out.printf(
          "CPU a request: immediate %.1f us, on a virtual thread %.1f us, ratio %.2f%n",
          immediate / ROUNDS, dispatched / ROUNDS, immediate / dispatched);
      assertThat(immediate).isLessThan(dispatched);
    }
  }

  /// Microseconds of CPU time a request.
  private static double load(TestServer server, String path)
      throws IOException, InterruptedException {
    long before = cpuMillis();
    Process wrk =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "-t1",
                    "-c32",
                    "-d" + SECONDS + "s",
                    "http://127.0.0.1:" + server.server().port() + path))
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), UTF_8);
    assertThat(wrk.waitFor()).as(output).isZero();
    Matcher requests = REQUESTS.matcher(output);
    assertThat(requests.find()).as(output).isTrue();
    return (cpuMillis() - before) * 1000.0 / Long.parseLong(requests.group(1));
  }

  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
  }
}
