package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.net.FaultProxy;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One instance of three hangs, is slow, answers with errors or resets its connections: once that is
/// known, requests are answered as fast as before, and it comes back by itself.
@Tag("evidence")
class FaultyInstanceEvidenceTest {
  private static final int PER_SECOND = 100;
  private static final Duration STRETCH = Duration.ofSeconds(8);
  private static final Duration FOUND_OUT = Duration.ofSeconds(4);

  @Test
  void keepsTheOthersFastWhileOneHangs(@TempDir Path folder) throws Exception {
    try (var cluster = Cluster.listed(folder)) {
      Node victim = cluster.instances().getFirst();
      run(
          "hung",
          cluster,
          victim.address(),
          () -> victim.signal("STOP"),
          () -> victim.signal("CONT"));
    }
  }

  @Test
  void keepsTheOthersFastWhileOneResetsOrIsSlow(@TempDir Path folder) throws Exception {
    List<FaultProxy> proxies = new ArrayList<>();
    try (var cluster =
        Cluster.listed(
            folder,
            nodes -> {
              nodes.forEach(node -> proxies.add(FaultProxy.to(node.port(), 1)));
              return proxies.stream()
                  .map(proxy -> "127.0.0.1:" + proxy.port())
                  .collect(Collectors.joining(","));
            })) {
      FaultProxy victim = proxies.getFirst();
      String address = "127.0.0.1:" + victim.port();
      run("resetting", cluster, address, () -> victim.set(new Fault.Cut()), victim::heal);
      run(
          "slow by 3 s",
          cluster,
          address,
          () -> victim.set(new Fault.Delay(Duration.ofSeconds(3), Duration.ZERO)),
          victim::heal);
    } finally {
      proxies.forEach(FaultProxy::close);
    }
  }

  @Test
  void keepsTheOthersFastWhileOneAnswersWithErrors(@TempDir Path folder) throws Exception {
    try (var failing = new ScriptedServer();
        var cluster =
            Cluster.listed(
                folder,
                nodes ->
                    nodes.get(0).address()
                        + ","
                        + nodes.get(1).address()
                        + ",127.0.0.1:"
                        + failing.port())) {
      failing.behaving(Behaviour.answering("500 Internal Server Error", "broken"));
      failing.die();
      try (var client = OpenLoop.through(cluster.gateway(), "errors", PER_SECOND)) {
        failing.listen();
        Thread.sleep(STRETCH.multipliedBy(2));
        Ledger ledger = client.finish();
        long errors = ledger.all().stream().filter(entry -> entry.outcome() == 500).count();
        System.out.println("one answers 500: " + errors + " seen; " + ledger.summary());

        assertThat(errors).isLessThan(ledger.size() / 50);
      }
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void run(String what, Cluster cluster, String address, Step begin, Step end)
      throws Exception {
    String name = what.replace(' ', '-');
    try (var client = OpenLoop.through(cluster.gateway(), name, PER_SECOND)) {
      Thread.sleep(STRETCH);
      long before = System.nanoTime();
      begin.run();
      Thread.sleep(FOUND_OUT);
      long known = System.nanoTime();
      Thread.sleep(STRETCH);
      long after = System.nanoTime();
      end.run();
      new Attempts(cluster.gateway(), address).firstSuccess(Instant.now(), Duration.ofSeconds(60));
      Ledger ledger = client.finish();
      Duration usual = ledger.percentile(0.99, before - STRETCH.toNanos(), before);
      Duration during = ledger.percentile(0.99, known, after);
      System.out.println(
          "%s: p99 %.1f ms before, %.1f ms during; %s"
              .formatted(what, usual.toNanos() / 1e6, during.toNanos() / 1e6, ledger.summary()));

      assertThat(ledger.failed(Ledger.Kind.READ)).isEmpty();
      assertThat(during).isLessThan(usual.multipliedBy(12).dividedBy(10).plusMillis(2));
    }
  }
}
