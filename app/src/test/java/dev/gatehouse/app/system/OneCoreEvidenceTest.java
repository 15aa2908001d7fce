package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Speed with one core for the server (core 0), and its PostgreSQL and the load on core 1, against
/// the bare hash rate of the same core in the same run. Needs Linux with `taskset` and `wrk`, and a
/// quiet machine.
@Tag("evidence")
class OneCoreEvidenceTest {
  private static final String PASSWORD = "correct horse battery";
  private static final int ROUNDS = 5;
  private static final int SECONDS = 8;

  /// At fifty requests a second it takes the JVM minutes to compile what it will run from then on.
  private static final int WARM_UP_MINUTES = 5;

  private static final int CLIENTS = 8;
  private static final String SIGN_IN =
      """
      wrk.method = "POST"
      wrk.headers["Content-Type"] = "application/json"
      wrk.body = '{"email":"one@example.org","password":"%s"}'
      """
          .formatted(PASSWORD);
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

  /// The product's own cost of a hash; eight clients sign in without pause, so none is refused.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "GATEHOUSE_HASH_MEMORY_KIB", "19456",
          "GATEHOUSE_HASH_ITERATIONS", "2",
          "GATEHOUSE_HASH_WORKERS", "1",
          "GATEHOUSE_HASH_MAX_WAIT", "5s");

  @Test
  void signsInAtNearlyTheBareHashRate(@TempDir Path folder) throws Exception {
    try (var program = RunningGatehouse.startOnCore(0, folder.resolve("data"), SETTINGS)) {
      assertThat(program.client().register("one@example.org", PASSWORD).status()).isEqualTo(201);
      program.moveDatabaseToCore(1);
      Path script = Files.writeString(folder.resolve("sign-in.lua"), SIGN_IN);
      for (int minute = 0; minute < WARM_UP_MINUTES; minute++) {
        signIns(program, script, 60);
      }
      program.moveDatabaseToCore(1);

      var ratios = new ArrayList<Double>();
      var ratiosOfCpu = new ArrayList<Double>();
      for (int round = 0; round < ROUNDS; round++) {
        Rate bare = bareRate();
        Rate served = signIns(program, script, SECONDS);
        ratios.add(served.perSecond() / bare.perSecond());
        ratiosOfCpu.add(served.perCpuSecond() / bare.perCpuSecond());
        System.out.println("sign-in " + served + ", bare hash " + bare);
      }

      System.out.printf("sign-in over bare hash: %.3f, of %s%n", median(ratios), ratios);
      System.out.printf("the same by CPU: %.3f, of %s%n", median(ratiosOfCpu), ratiosOfCpu);
      assertThat(median(ratios)).isGreaterThanOrEqualTo(0.85);
    }
  }

  /// @param perCpuSecond by the processor time of the process, which other load disturbs less
  private record Rate(double perSecond, double perCpuSecond) {}

  /// Of pairs, since other tenants of a machine disturb single rounds.
  private static double median(List<Double> ratios) {
    return ratios.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
  }

  private static Rate bareRate() throws IOException, InterruptedException {
    Script bare =
        Script.run(
            "taskset",
            "-c",
            "0",
            Script.java(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            BareHashRate.class.getName(),
            Integer.toString(SECONDS));
    List<String> lines = bare.output().strip().lines().toList().reversed();
    return new Rate(Double.parseDouble(lines.get(1)), Double.parseDouble(lines.get(0)));
  }

  private static Rate signIns(RunningGatehouse program, Path script, int seconds)
      throws IOException, InterruptedException {
    long before = program.cpuMillis();
    String path = "/v1/sessions";
    String report = wrk(program, path, CLIENTS, seconds, "-s", script.toString());
    double signIns = requests(report);
    return new Rate(signIns / seconds, signIns * 1000 / (program.cpuMillis() - before));
  }

  /// The report of a load from core 1.
  static String wrk(
      RunningGatehouse program, String path, int connections, int seconds, String... more)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("taskset", "-c", "1", "wrk", "-t1", "--latency"));
    command.addAll(List.of("-c" + connections, "-d" + seconds + "s"));
    command.addAll(List.of(more));
    command.add(program.base().resolve(path).toString());
    return Script.run(command.toArray(String[]::new)).output();
  }

  static long requests(String report) {
    assertThat(report).doesNotContain("Non-2xx").doesNotContain("Socket errors");
    Matcher requests = REQUESTS.matcher(report);
    assertThat(requests.find()).as(report).isTrue();
    System.out.println(report);
    return Long.parseLong(requests.group(1));
  }
}
