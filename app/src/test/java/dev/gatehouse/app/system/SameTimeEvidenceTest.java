package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Whether an attacker with a stopwatch learns who has an account: failed sign-ins of every kind,
/// in random order, over HTTP, hashed as the product does by default. Needs a quiet machine.
@Tag("evidence")
class SameTimeEvidenceTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String KNOWN = "ada@example.org";
  private static final String DISABLED = "charles@example.org";
  private static final int WARM_UP = 60;
  private static final int ROUNDS = 1_000;
  private static final Map<String, String> SETTINGS =
      Map.of("GATEHOUSE_HASH_MEMORY_KIB", "19456", "GATEHOUSE_HASH_ITERATIONS", "2");

  /// What is sent; all of it fails.
  private enum Kind {
    WRONG(KNOWN, "wrong horse battery"),
    UNKNOWN("nobody@example.org", "wrong horse battery"),
    DISABLED_WRONG(DISABLED, "wrong horse battery"),
    DISABLED_RIGHT(DISABLED, PASSWORD),
    EMPTY(KNOWN, ""),
    EMPTY_UNKNOWN("nobody@example.org", ""),
    OVER_LONG(KNOWN, "x".repeat(2_000)),
    NO_ADDRESS("no address at all", "wrong horse battery");

    private final String email;
    private final String password;

    Kind(String email, String password) {
      this.email = email;
      this.password = password;
    }
  }

  @Test
  void everyFailedSignInTakesTheSameTime(@TempDir Path folder) throws Exception {
    Map<Kind, double[]> millis = new EnumMap<>(Kind.class);
    try (var program = RunningGatehouse.startToMeasure(folder.resolve("data"), SETTINGS)) {
      var client = program.client();
      client.register(KNOWN, PASSWORD);
      client.register(DISABLED, PASSWORD);
      program.command("", "users", "disable", DISABLED);
      assertThat(Stream.of(Kind.values()).map(kind -> comparable(send(client, kind))).distinct())
          .hasSize(1);
      measure(client, WARM_UP);
      millis.putAll(measure(client, ROUNDS));
    }

    double[] wrong = millis.getOrDefault(Kind.WRONG, new double[1]);
    double allowed = Math.max(1, 0.02 * Samples.median(wrong));
    System.out.printf("%-16s %8s %8s   95 %% of differences%n", "kind", "median", "diff");
    var intervals = new EnumMap<Kind, Samples.Interval>(Kind.class);
    millis.forEach(
        (kind, times) -> {
          var interval = Samples.medianDifference(times, wrong, new Random(7));
          intervals.put(kind, interval);
          System.out.printf(
              "%-16s %8.3f %8.3f   %.3f to %.3f ms%n",
              kind,
              Samples.median(times),
              Samples.median(times) - Samples.median(wrong),
              interval.low(),
              interval.high());
        });
    System.out.printf("allowed: %.3f ms, %d samples of each kind%n", allowed, ROUNDS);
    assertThat(intervals.values()).allMatch(interval -> interval.within(allowed));
  }

  private static Map<Kind, double[]> measure(ApiClient client, int rounds) {
    var millis = new EnumMap<Kind, double[]>(Kind.class);
    var order = new ArrayList<>(List.of(Kind.values()));
    var random = new Random(11);
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (Kind kind : order) {
        long start = System.nanoTime();
        ApiResponse response = send(client, kind);
        double taken = (System.nanoTime() - start) / 1e6;
        millis.computeIfAbsent(kind, _ -> new double[rounds])[round] = taken;
        assertThat(response.status()).isEqualTo(401);
      }
    }
    return millis;
  }

  private static ApiResponse send(ApiClient client, Kind kind) {
    return client.signIn(kind.email, kind.password);
  }

  /// What must be equal: everything but the names of the request.
  private static String comparable(ApiResponse response) {
    var body = (ObjectNode) response.json();
    assertThat(body.remove("request_id")).isNotNull();
    body.remove("instance");
    return response.status() + " " + body;
  }
}
