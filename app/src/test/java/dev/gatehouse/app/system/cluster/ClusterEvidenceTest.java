package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.consul.ConsulAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The long form: docs/benchmarks.md has the figures of a run on a quiet machine.
@Tag("evidence")
class ClusterEvidenceTest {
  private static final int KILLS = 20;
  private static final int ROUNDS = 2;
  private static final int LEAST_REQUESTS = 20_000;
  private static final double LOAD = 0.6;

  @Test
  void killsTwentyTimesAtSixtyPercentLoad(@TempDir Path folder) throws Exception {
    try (var consul = ConsulAgent.start();
        var cluster = Cluster.knownTo(consul.url(), folder)) {
      int perSecond = (int) (LOAD * Capacity.of(cluster.gateway()));
      try (var client = OpenLoop.through(cluster.gateway(), "kills", perSecond)) {
        var killing = new Killing(cluster, client);
        killing.kill(KILLS);
        Ledger ledger = client.finish();
        System.out.println(perSecond + "/s, " + killing.summary() + "; " + ledger.summary());

        killing.assertUnnoticed(ledger);
        assertThat(killing.slowestEjection()).isLessThan(Duration.ofSeconds(1));
        assertThat(killing.slowestReturn()).isLessThan(Duration.ofSeconds(2));
      }
    }
  }

  @Test
  void restartsAllTwiceWithoutAFailedRequest(@TempDir Path folder) throws Exception {
    try (var consul = ConsulAgent.start();
        var cluster = Cluster.knownTo(consul.url(), folder)) {
      int perSecond = (int) (LOAD * Capacity.of(cluster.gateway()));
      try (var client = OpenLoop.through(cluster.gateway(), "rolling", perSecond)) {
        List<Integer> statuses = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          for (Node instance : cluster.instances()) {
            statuses.add(instance.terminate());
            instance.startAgain();
            instance.awaitReady();
            new Attempts(cluster.gateway(), instance.address())
                .firstSuccess(Instant.now(), Duration.ofSeconds(60));
          }
        }
        await().atMost(Duration.ofMinutes(5)).until(() -> client.ledger().size() >= LEAST_REQUESTS);
        Ledger ledger = client.finish();
        System.out.println(perSecond + "/s, two rolling restarts; " + ledger.summary());

        assertThat(statuses).containsOnly(0);
        assertThat(ledger.all()).allMatch(Ledger.Entry::succeeded);
      }
    }
  }

  @Test
  void losesNoRequestWhenConsulIsKilledAndComesBackEmpty(@TempDir Path folder) throws Exception {
    try (var consul = ConsulAgent.start();
        var cluster = Cluster.knownTo(consul.url(), folder);
        var client = OpenLoop.through(cluster.gateway(), "consul", 100)) {
      for (int round = 0; round < 3; round++) {
        Thread.sleep(Duration.ofSeconds(2));
        consul.kill();
        Thread.sleep(Duration.ofSeconds(3));
        consul.startAgain();
      }
      Thread.sleep(Duration.ofSeconds(5));
      for (Node instance : cluster.instances()) {
        consul.put("/v1/agent/service/deregister/" + instance.address(), "");
      }
      Thread.sleep(Duration.ofSeconds(5));
      Ledger ledger = client.finish();
      System.out.println("Consul killed three times, emptied once; " + ledger.summary());

      assertThat(ledger.all()).allMatch(Ledger.Entry::succeeded);
    }
  }
}
