package dev.gatehouse.app.system.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One run of the load generator `wrk`.
///
/// @param requests how many got a response
/// @param p50 in microseconds
/// @param p99 in microseconds
public record Wrk(long requests, double p50, double p99) {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern ERRORS = Pattern.compile("Non-2xx|Socket errors");

  /// Reads one user from a core of the machine, as fast as it responds.
  public static Wrk run(int core, int connections, int seconds, String token, int port)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("taskset", "-c", Integer.toString(core), "wrk", "--latency"));
    command.addAll(List.of("-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "20s"));
    command.addAll(List.of("-H", "Authorization: Bearer " + token));
    command.add("http://127.0.0.1:" + port + "/v1/users/me");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0 || ERRORS.matcher(printed).find()) {
      throw new AssertionError(printed);
    }
    return new Wrk(
        Long.parseLong(found(REQUESTS, printed)),
        micros(found(percentile("50"), printed)),
        micros(found(percentile("99"), printed)));
  }

  private static Pattern percentile(String share) {
    return Pattern.compile("(?m)^\\s+" + share + "%\\s+(\\S+)");
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(text);
    }
    return matcher.group(1);
  }

  private static double micros(String time) {
    double number = Double.parseDouble(time.replaceAll("[a-z]+", ""));
    if (time.endsWith("us")) {
      return number;
    }
    return time.endsWith("ms") ? number * 1_000 : number * 1_000_000;
  }
}
