package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.ApiClient;
import dev.gatehouse.app.system.cluster.Node;
import dev.gatehouse.app.system.cluster.Wrk;
import dev.gatehouse.app.wiring.UnmeteredMain;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.testkit.otlp.OtlpReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What metrics, logs and traces cost `GET /v1/users/me`, in processor time of the server for each
/// request. Two processes share core 0 and are asked from core 1 at the same time, so that whatever
/// else the machine does costs both alike. Needs Linux with `taskset` and `wrk`, and a quiet
/// machine.
@Tag("evidence")
class TelemetryCostEvidenceTest {
  private static final int CONNECTIONS = 16;

  /// Each has half of it.
  private static final int WARM_UP_SECONDS = 120;

  private static final int ROUNDS = 9;
  private static final int SECONDS = 8;
  private static final String PASSWORD = "an engine of difference";

  @TempDir private Path folder = Path.of("");

  /// Off: no line for a request is written, and the registry refuses every meter.
  @Test
  void metricsAndLogsCostAtMostFifteenPercent() throws Exception {
    Node.Manner usual = Node.Manner.measuredOn(0);
    try (var database = EmbeddedServer.start(EmbeddedSettings.under(folder, 60));
        Node off =
            instance(
                usual.running(UnmeteredMain.class),
                database,
                "off",
                Map.of("GATEHOUSE_LOG_LEVEL", "error"));
        Node on = instance(usual, database, "on", Map.of())) {
      double ratio = ratio("metrics and logs", off, on);

      assertThat(ratio).isLessThanOrEqualTo(1.15);
    }
  }

  /// Beside metrics and logs.
  @Test
  void tracingOfOnePercentCostsAtMostFivePercentMore() throws Exception {
    Node.Manner usual = Node.Manner.measuredOn(0);
    try (var collector = OtlpReceiver.start();
        var database = EmbeddedServer.start(EmbeddedSettings.under(folder, 60));
        Node off = instance(usual, database, "off", Map.of());
        Node on = instance(usual, database, "on", traced(collector.endpoint()))) {
      double ratio = ratio("tracing at 1 %", off, on);

      System.out.printf("%d spans were received%n", collector.spans().size());
      assertThat(collector.spans()).hasSizeGreaterThan(1_000);
      assertThat(ratio).isLessThanOrEqualTo(1.05);
    }
  }

  private static Map<String, String> traced(URI collector) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", collector.toString(),
        "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG", "0.01");
  }

  private Node instance(
      Node.Manner manner, EmbeddedServer database, String name, Map<String, String> more)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("GATEHOUSE_DATABASE_URL", database.url());
    settings.put("GATEHOUSE_DATABASE_USER", database.user());
    settings.put("GATEHOUSE_DATABASE_PASSWORD", database.password());
    settings.put("GATEHOUSE_SECRET_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    settings.put("GATEHOUSE_TOKEN_ISSUER", "http://accounts.example.org");
    settings.put("GATEHOUSE_TOKEN_ACCESS_TTL", "1h");
    settings.put("GATEHOUSE_RATE_LIMIT_IP", "1000000/1s");
    settings.putAll(more);
    Node node = Node.instance(manner, settings, folder.resolve(name + ".log"));
    node.awaitReady();
    return node;
  }

  /// The median of the rounds' ratios.
  private static double ratio(String what, Node off, Node on) throws Exception {
    var client = new ApiClient(URI.create("http://" + on.address()));
    client.register("cost@example.org", PASSWORD);
    String token = client.signIn("cost@example.org", PASSWORD).text("access_token");
    var _ = micros(off, on, token, WARM_UP_SECONDS);
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double[] micros = micros(off, on, token, SECONDS);
      ratios[round] = micros[1] / micros[0];
      System.out.printf(
          "%s: off %.1f us, on %.1f us of CPU a request%n", what, micros[0], micros[1]);
    }
    double median = DoubleStream.of(ratios).sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
    System.out.printf("%s: %.3f, of %s%n", what, median, DoubleStream.of(ratios).boxed().toList());
    return median;
  }

  /// Processor time of a request to either, both asked at once.
  private static double[] micros(Node off, Node on, String token, int seconds) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Double> without = threads.submit(() -> micros(off, token, seconds));
      Future<Double> with = threads.submit(() -> micros(on, token, seconds));
      return new double[] {without.get(), with.get()};
    }
  }

  private static double micros(Node node, String token, int seconds) throws Exception {
    long before = node.cpu().toNanos();
    long requests = Wrk.run(1, CONNECTIONS, seconds, token, node.port()).requests();
    return (node.cpu().toNanos() - before) / 1_000.0 / requests;
  }
}
