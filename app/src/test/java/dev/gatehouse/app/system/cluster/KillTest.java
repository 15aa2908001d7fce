package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.consul.ConsulAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instances behind the gateway are killed under load, and no one notices: no idempotent request
/// fails, writes fail only when they were under way at a kill, and what was acknowledged is there,
/// once.
class KillTest {
  private static final int KILLS = 3;
  private static final int PER_SECOND = 50;

  /// Two seconds on a machine that does nothing else, as ClusterEvidenceTest demands.
  private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

  /// A machine busy with other things is slow; what is looked at here is whether responses come.
  /// Hashes take long enough for a kill to strike in the middle of one.
  private static final Map<String, String> PATIENT =
      Map.of("GATEHOUSE_HTTP_REQUEST_TIMEOUT", "1m", "GATEHOUSE_HASH_ITERATIONS", "30");

  @Test
  void killingInstancesUnderLoadFailsNoIdempotentRequest(@TempDir Path folder) throws Exception {
    try (var consul = ConsulAgent.start();
        var cluster = Cluster.knownTo(consul.url(), PATIENT, folder);
        var client = OpenLoop.through(cluster.gateway(), "kill", PER_SECOND)) {
      var killing = new Killing(cluster, client);
      killing.kill(KILLS);
      Ledger ledger = client.finish();
      System.out.println(killing.summary() + "; " + ledger.summary());

      killing.assertUnnoticed(ledger);
      assertThat(killing.slowestReturn()).isLessThan(BACK_WITHIN);
    }
  }
}
