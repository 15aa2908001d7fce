package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gateway costs, side by side with HAProxy before the same instances: either on a core of
/// its own, instances and load on the other. Needs `haproxy`, `wrk` and `taskset`.
@Tag("evidence")
class GatewayCostEvidenceTest {
  private static final int PROXY_CORE = 0;
  private static final int OTHER_CORE = 1;
  private static final int CONNECTIONS = 32;
  private static final int WINDOW = 10;
  private static final int LEAST_WINDOWS = 9;
  private static final int MOST_WINDOWS = 15;
  private static final double BETTER = 1.05;
  private static final int SECONDS = 8;
  private static final int ROUNDS = 5;
  private static final double LEAST_SHARE = 0.5;

  @Test
  void respondsAtLeastHalfOfWhatHaProxyDoesForTheSameProcessorTime(@TempDir Path folder)
      throws Exception {
    try (var cluster = Cluster.measured(PROXY_CORE, OTHER_CORE, folder);
        var haproxy = HaProxy.inFrontOf(cluster.instances(), PROXY_CORE, folder);
        var client = OpenLoop.through(cluster.gateway(), "cost", 1)) {
      client.finish();
      String token = client.token();
      Node gateway = cluster.gateway();
      int direct = cluster.instances().getFirst().port();
      warmUp(gateway, token);
      perCpuSecond(haproxy::cpu, SECONDS, token, haproxy.port());
      double[] ours = new double[ROUNDS];
      double[] theirs = new double[ROUNDS];
      double[] shares = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ours[round] = perCpuSecond(gateway::cpu, SECONDS, token, gateway.port());
        theirs[round] = perCpuSecond(haproxy::cpu, SECONDS, token, haproxy.port());
        shares[round] = ours[round] / theirs[round];
      }
      System.out.printf(
          "requests for each second of processor time: gateway %s, HAProxy %s; median share %.2f%n",
          shown(ours), shown(theirs), median(shares));
      for (int port : List.of(direct, gateway.port(), haproxy.port())) {
        Wrk alone = Wrk.run(OTHER_CORE, 1, 5, token, port);
        System.out.printf(
            "one at a time %s: p50 %.0f us, p99 %.0f us%n",
            port == direct ? "direct" : port == gateway.port() ? "by the gateway" : "by HAProxy",
            alone.p50(),
            alone.p99());
      }

      assertThat(median(shares)).isGreaterThanOrEqualTo(LEAST_SHARE);
    }
  }

  /// A minute and a half at least, then until compiling makes it no cheaper.
  private static void warmUp(Node gateway, String token) throws IOException, InterruptedException {
    double best = 0;
    for (int window = 1; window <= MOST_WINDOWS; window++) {
      double now = perCpuSecond(gateway::cpu, WINDOW, token, gateway.port());
      System.out.printf("warming up, %d s: %.0f%n", window * WINDOW, now);
      if (window >= LEAST_WINDOWS && now < best * BETTER) {
        return;
      }
      best = Math.max(best, now);
    }
  }

  private static double perCpuSecond(Supplier<Duration> cpu, int seconds, String token, int port)
      throws IOException, InterruptedException {
    Duration before = cpu.get();
    Wrk load = Wrk.run(OTHER_CORE, CONNECTIONS, seconds, token, port);
    return load.requests() * 1e9 / cpu.get().minus(before).toNanos();
  }

  private static List<Long> shown(double[] rates) {
    return Stream.of(rates).flatMapToDouble(Arrays::stream).mapToObj(Math::round).toList();
  }

  private static double median(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
