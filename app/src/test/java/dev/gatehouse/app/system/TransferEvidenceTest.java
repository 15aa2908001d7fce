package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How fast users move in and out, the program's start included, in a heap of 64 MB.
@Tag("evidence")
class TransferEvidenceTest {
  private static final int USERS = 500_000;
  private static final double LEAST = 10_000;
  private static final String HASH = "$2b$10$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC";

  @Test
  void movesTenThousandUsersASecond(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("users.ndjson");
    Path csv = folder.resolve("users.csv");
    write(json, csv);
    try (var program = RunningGatehouse.start(folder.resolve("data"), Map.of())) {
      double in = rate(program, "import", json.toString());
      double out =
          rate(program, "export", folder.resolve("out.csv").toString(), "--with-password-hashes");
      double inCsv = rate(program, "import", csv.toString());
      System.out.printf(
          Locale.ROOT,
          "users a second: NDJSON in %.0f, CSV out %.0f, CSV in %.0f%n",
          in,
          out,
          inCsv);
      assertThat(List.of(in, out, inCsv)).allMatch(rate -> rate >= LEAST);
    }
  }

  private static double rate(RunningGatehouse program, String... arguments)
      throws IOException, InterruptedException {
    var builder = program.prepared(arguments).redirectErrorStream(true);
    // As the launcher does, nothing is left uncompiled.
    builder.command().removeIf(option -> option.equals("-XX:TieredStopAtLevel=1"));
    builder.command().add(1, "-Xmx64m");
    long began = System.nanoTime();
    Process running = builder.start();
    String output = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertThat(running.waitFor()).as(output).isZero();
    return USERS * 1e9 / (System.nanoTime() - began);
  }

  private static void write(Path json, Path csv) throws IOException {
    try (var objects = Files.newBufferedWriter(json);
        var rows = Files.newBufferedWriter(csv)) {
      rows.write("email,display_name,roles,password_hash,created_at\n");
      for (int n = 0; n < USERS; n++) {
        objects.write(
            "{\"email\":\"json%d@example.org\",\"display_name\":\"User %d\",\"roles\":[\"member\"],\"password_hash\":\"%s\",\"created_at\":\"2024-03-01T12:00:00Z\"}\n"
                .formatted(n, n, HASH));
        rows.write(
            "csv%d@example.org,\"User, %d\",member,%s,2024-03-01T12:00:00Z\n"
                .formatted(n, n, HASH));
      }
    }
  }
}
