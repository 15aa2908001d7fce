package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.cluster.Ledger.Window;
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

/// One instance of three hangs, is slow, responds with errors or resets its connections: once that
/// is known, responses come as fast as before, and it comes back by itself.
@Tag("evidence")
class FaultyInstanceEvidenceTest {
  private static final int PER_SECOND = 100;
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final Duration STRETCH = Duration.ofSeconds(15);
  private static final Duration FOUND_OUT = Duration.ofSeconds(8);

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
    try (var cluster = behind(proxies, folder)) {
      FaultProxy victim = proxies.getFirst();
      String address = "127.0.0.1:" + victim.port();
      run("resetting", cluster, address, () -> victim.set(new Fault.Cut()), victim::heal);
      run("slow by 3 s", cluster, address, () -> victim.set(delay(1_500)), victim::heal);
    } finally {
      proxies.forEach(FaultProxy::close);
    }
  }

  /// It says that it is ready all the while.
  @Test
  void keepsTheOthersFastWhileOneRespondsWithErrors(@TempDir Path folder) throws Exception {
    List<FaultProxy> proxies = new ArrayList<>();
    try (var failing = new ScriptedServer();
        var cluster = behind(proxies, folder)) {
      failing.behaving(Behaviour.responding("500 Internal Server Error", "broken"));
      FaultProxy victim = proxies.getFirst();
      int well = cluster.instances().getFirst().port();
      Ledger ledger =
          run(
              "responding with 500",
              cluster,
              "127.0.0.1:" + victim.port(),
              () -> victim.leadTo(failing.port()),
              () -> victim.leadTo(well));

      List<Ledger.Entry> seen =
          ledger.all().stream().filter(entry -> entry.outcome() == 500).toList();
      System.out.println("responding with 500: " + seen.size() + " of " + ledger.size() + " seen");
      assertThat(failing.received()).isNotEmpty();
      assertThat(seen).hasSizeLessThan(ledger.size() / 50);
    } finally {
      proxies.forEach(FaultProxy::close);
    }
  }

  /// A cluster with a stretch of network before each instance.
  private static Cluster behind(List<FaultProxy> proxies, Path folder) throws Exception {
    return Cluster.listed(
        folder,
        nodes -> {
          nodes.forEach(node -> proxies.add(FaultProxy.to(node.port(), 1)));
          return proxies.stream()
              .map(proxy -> "127.0.0.1:" + proxy.port())
              .collect(Collectors.joining(","));
        });
  }

  /// So much on the way there and as much on the way back.
  private static Fault delay(int millis) {
    return new Fault.Delay(Duration.ofMillis(millis), Duration.ZERO);
  }

  private interface Step {
    void run() throws Exception;
  }

  /// By turns without and with the fault, so that what else the machine does falls on both alike.
  private static Ledger run(String what, Cluster cluster, String address, Step begin, Step end)
      throws Exception {
    String name = what.replace(' ', '-');
    List<Window> without = new ArrayList<>();
    List<Window> with = new ArrayList<>();
    List<Duration> returns = new ArrayList<>();
    try (var client = OpenLoop.through(cluster.gateway(), name, PER_SECOND)) {
      Thread.sleep(WARM_UP);
      for (int round = 0; round < ROUNDS; round++) {
        without.add(Window.lasting(STRETCH));
        begin.run();
        Thread.sleep(FOUND_OUT);
        with.add(Window.lasting(STRETCH));
        end.run();
        Instant healed = Instant.now();
        var attempts = new Attempts(cluster.gateway(), address);
        returns.add(
            Duration.between(healed, attempts.firstSuccess(healed, Duration.ofSeconds(60))));
        Thread.sleep(FOUND_OUT);
      }
      Ledger ledger = client.finish();
      Duration usual = ledger.percentile(0.99, without);
      Duration during = ledger.percentile(0.99, with);
      System.out.println(
          "%s: p50 %.1f and p99 %.1f ms without, %.1f and %.1f ms with it; back after %s; %s"
              .formatted(
                  what,
                  millis(ledger.percentile(0.5, without)),
                  millis(usual),
                  millis(ledger.percentile(0.5, with)),
                  millis(during),
                  returns,
                  ledger.summary()));

      assertThat(ledger.failed(Ledger.Kind.READ)).allMatch(read -> read.outcome() == 500);
      assertThat(ledger.failed(Ledger.Kind.KEYED_WRITE)).allMatch(write -> write.outcome() == 500);
      assertThat(during).isLessThan(usual.multipliedBy(12).dividedBy(10));
      return ledger;
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
