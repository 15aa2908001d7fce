import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Registers generated users over HTTP and compares every response with the expected one. Waits
/// as `Retry-After` says when the service has no time. Exit 0 when all is as expected, 1 when not.
///
///     java examples/users/RegisterUsers.java --file users.ndjson --count 1000 \
///         --base http://127.0.0.1:8080 --parallel 16
class RegisterUsers {
  private static final Pattern BODY =
      Pattern.compile("^(\\{.*),\"expect\":\"(\\w+)\"(?:,\"after\":(\\d+))?}$");
  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final int SHOWN = 20;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI users;
  private final Semaphore places;

  RegisterUsers(URI base, int parallel) {
    this.users = base.resolve("/v1/users");
    this.places = new Semaphore(parallel);
  }

  record Outcome(int line, String expected, String found, int retries) {}

  public static void main(String[] arguments) throws Exception {
    var file = Path.of(option(arguments, "--file", "users.ndjson"));
    var base = URI.create(option(arguments, "--base", "http://127.0.0.1:8080"));
    int count = Integer.parseInt(option(arguments, "--count", "1000"));
    int parallel = Integer.parseInt(option(arguments, "--parallel", "16"));
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      List<String> chosen = lines.limit(count).toList();
      long start = System.nanoTime();
      List<Outcome> outcomes = new RegisterUsers(base, parallel).register(chosen);
      System.exit(report(outcomes, Duration.ofNanos(System.nanoTime() - start)) ? 0 : 1);
    } catch (IOException | ExecutionException failed) {
      System.err.println("register: " + failed.getMessage());
      System.exit(1);
    }
  }

  private static String option(String[] arguments, String name, String otherwise) {
    for (int index = 0; index < arguments.length - 1; index++) {
      if (arguments[index].equals(name)) {
        return arguments[index + 1];
      }
    }
    return otherwise;
  }

  List<Outcome> register(List<String> lines) throws InterruptedException, ExecutionException {
    var pending = new ArrayList<Future<Outcome>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int index = 0; index < lines.size(); index++) {
        int line = index;
        Matcher parts = BODY.matcher(lines.get(line));
        if (!parts.matches()) {
          throw new ExecutionException("line " + (line + 1) + " is none of ours", null);
        }
        List<Future<Outcome>> earlier =
            parts.group(3) == null
                ? List.of()
                : List.of(pending.get(Integer.parseInt(parts.group(3))));
        pending.add(
            threads.submit(() -> register(line, parts.group(1) + "}", parts.group(2), earlier)));
      }
    }
    var outcomes = new ArrayList<Outcome>();
    for (Future<Outcome> each : pending) {
      outcomes.add(each.get());
    }
    return outcomes;
  }

  private Outcome register(int line, String body, String expected, List<Future<Outcome>> earlier)
      throws Exception {
    for (Future<Outcome> other : earlier) {
      other.get();
    }
    long end = System.nanoTime() + GIVE_UP.toNanos();
    for (int retries = 0; ; retries++) {
      HttpResponse<String> response = send(body);
      boolean busy = response.statusCode() == 429 || response.statusCode() == 503;
      if (!busy || System.nanoTime() > end) {
        return new Outcome(line, expected, outcome(response), retries);
      }
      long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
      Thread.sleep(Duration.ofSeconds(seconds));
    }
  }

  private HttpResponse<String> send(String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(users)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    places.acquire();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } finally {
      places.release();
    }
  }

  private static String outcome(HttpResponse<String> response) {
    if (response.statusCode() == 201) {
      return "accepted";
    }
    Matcher code = CODE.matcher(response.body());
    return code.find() ? code.group(1) : "status " + response.statusCode();
  }

  private static boolean report(List<Outcome> outcomes, Duration took) {
    Map<String, Integer> byCode = new TreeMap<>();
    outcomes.forEach(outcome -> byCode.merge(outcome.found(), 1, Integer::sum));
    int retries = outcomes.stream().mapToInt(Outcome::retries).sum();
    System.out.printf(
        "%d users in %.1f s, %d times asked to wait%n",
        outcomes.size(), took.toMillis() / 1000.0, retries);
    byCode.forEach((code, number) -> System.out.printf("%8d %s%n", number, code));
    List<Outcome> wrong =
        outcomes.stream().filter(each -> !each.expected().equals(each.found())).toList();
    wrong.stream()
        .limit(SHOWN)
        .forEach(
            each ->
                System.out.printf(
                    "line %d: expected %s, was %s%n",
                    each.line() + 1, each.expected(), each.found()));
    System.out.printf("%d not as expected%n", wrong.size());
    return wrong.isEmpty();
  }
}
