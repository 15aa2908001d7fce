package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.cluster.Ledger.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Kills random instances of a cluster under load, one after the other, each back before the next.
final class Killing {
  private static final Duration QUIET = Duration.ofSeconds(1);

  /// Some of these the victim is working on when it is killed, at one moment or another of their
  /// way.
  private static final int REGISTRATIONS = 12;

  private static final int MOST_MILLIS_ON_THEIR_WAY = 60;

  /// A machine busy with other things takes its time, and what is waited for still comes about.
  private static final Duration LET_GO_WITHIN = Duration.ofSeconds(20);

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /// So long after the end of a process the gateway may still believe in one of its connections.
  private static final Duration UNHEARD = Duration.ofMillis(500);

  private final Random random = new Random(42);
  private final List<Kill> kills = new ArrayList<>();
  private final List<Duration> ejections = new ArrayList<>();
  private final List<Duration> returns = new ArrayList<>();
  private final Cluster cluster;
  private final OpenLoop client;

  /// From the signal to the end of the process, on the monotonic clock.
  private record Kill(long asked, long dead) {
    boolean during(Ledger.Entry request) {
      return request.underWay(asked, dead + UNHEARD.toNanos());
    }
  }

  Killing(Cluster cluster, OpenLoop client) {
    this.cluster = cluster;
    this.client = client;
  }

  /// Kills so many times.
  void kill(int times) throws Exception {
    for (Node instance : cluster.instances()) {
      new Attempts(cluster.gateway(), instance.address()).firstSuccess(Instant.EPOCH, TIMEOUT);
    }
    for (int kill = 0; kill < times; kill++) {
      Thread.sleep(QUIET);
      Node victim = cluster.instances().get(random.nextInt(cluster.instances().size()));
      var attempts = new Attempts(cluster.gateway(), victim.address());
      client.burst(REGISTRATIONS);
      Thread.sleep(Duration.ofMillis(random.nextInt(MOST_MILLIS_ON_THEIR_WAY)));
      Instant killed = Instant.now();
      long asked = System.nanoTime();
      victim.kill();
      kills.add(new Kill(asked, System.nanoTime()));
      attempts.awaitLetGo(killed, LET_GO_WITHIN);
      victim.startAgain();
      victim.awaitReady();
      Instant ready = Instant.now();
      returns.add(Duration.between(ready, attempts.firstSuccess(ready, TIMEOUT)));
      Instant last = attempts.lastInVain(killed, ready).orElse(killed);
      ejections.add(Duration.between(killed, last));
    }
  }

  /// The longest time after a kill in which the dead instance was still tried.
  Duration slowestEjection() {
    return Collections.max(ejections);
  }

  /// The longest time from being ready to the first request.
  Duration slowestReturn() {
    return Collections.max(returns);
  }

  /// That no one noticed.
  void assertUnnoticed(Ledger ledger) throws Exception {
    assertThat(ledger.failed(Kind.READ)).isEmpty();
    assertThat(ledger.failed(Kind.KEYED_WRITE)).isEmpty();
    assertThat(ledger.failed(Kind.WRITE))
        .as("writes that failed were under way at a kill")
        .allMatch(write -> kills.stream().anyMatch(kill -> kill.during(write)));
    assertThat(cluster.registered())
        .as("every acknowledged write is there")
        .containsAll(ledger.acknowledged());
  }

  String summary() {
    return "%d kills, tried for at most %d ms after, back at most %d ms after ready"
        .formatted(kills.size(), slowestEjection().toMillis(), slowestReturn().toMillis());
  }
}
