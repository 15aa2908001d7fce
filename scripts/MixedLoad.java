import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// Puts a mixed load of fixed rates on a running Gatehouse, with a burst of sign-ins in the middle
/// third, and prints the statuses and latencies, with responses 503 apart from the others. The
/// rates do not depend on the latency (open loop); the requests in progress are bounded. At the end
/// every user whose registration was acknowledged signs in. Exits with 1 when a response is neither
/// expected nor 503, more than one request in a thousand has no response, or an acknowledged user
/// cannot sign in.
///
///     java scripts/MixedLoad.java BASE MINUTES [SIGN_INS [STORM [READS]]]
///
/// The rates are those of a second: sign-ins (8), sign-ins in the storm (300, ten times what one
/// processor can hash) and reads (100). The service must run with GATEHOUSE_RATE_LIMIT=off, since
/// all requests come from one address.
class MixedLoad {
  static final int USERS = 50;
  static final String PASSWORD = "correct horse battery staple";
  static final Pattern ACCESS = Pattern.compile("\"access_token\":\"([^\"]+)\"");
  static final Pattern REFRESH = Pattern.compile("\"refresh_token\":\"([^\"]+)\"");

  final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  final Semaphore underWay = new Semaphore(2_000);
  final List<String> tokens = new CopyOnWriteArrayList<>();
  final Queue<String> registered = new ConcurrentLinkedQueue<>();
  final Map<String, Tally> tallies = new ConcurrentHashMap<>();
  final String run = Long.toString(System.currentTimeMillis(), 36);
  final URI base;

  MixedLoad(URI base) {
    this.base = base;
  }

  public static void main(String[] arguments) throws Exception {
    double minutes = Double.parseDouble(arguments[1]);
    double signIns = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 8;
    double stormy = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 300;
    double reads = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 100;
    var load = new MixedLoad(URI.create(arguments[0]));
    load.prepare();
    load.run(Duration.ofMillis((long) (minutes * 60_000)), signIns, stormy, reads);
    load.verify();
    System.exit(load.report() ? 0 : 1);
  }

  void prepare() throws Exception {
    for (int user = 0; user < USERS; user++) {
      patiently("prepare", "/v1/users", credentials(user));
      tokens.add(first(ACCESS, patiently("prepare", "/v1/sessions", credentials(user))));
    }
  }

  /// Every acknowledged user must exist.
  void verify() throws Exception {
    for (String email : registered) {
      patiently("signed in afterwards", "/v1/sessions", body(email));
    }
  }

  /// A service that has just started rejects what it cannot hash in time; a user would retry.
  String patiently(String name, String path, String body) throws Exception {
    for (int attempt = 0; attempt < 20; attempt++) {
      var response = send(name, "POST", path, "", body, 201, 503);
      if (response.statusCode() != 503) {
        return response.body();
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new IllegalStateException("refused for too long");
  }

  void run(Duration length, double signIns, double stormy, double reads) throws Exception {
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long minute = 0;
    double dueSignIns = 0;
    double dueReads = 0;
    double dueRegistrations = 0;
    double dueRefreshes = 0;
    long last = start;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (System.nanoTime() < end) {
        long now = System.nanoTime();
        double seconds = (now - last) / 1e9;
        last = now;
        double passed = (double) (now - start) / length.toNanos();
        boolean storm = passed > 1 / 3.0 && passed < 2 / 3.0;
        dueSignIns += seconds * (storm ? stormy : signIns);
        dueReads += seconds * reads;
        dueRegistrations += seconds * signIns / 10;
        dueRefreshes += seconds * signIns / 5;
        for (; dueSignIns >= 1; dueSignIns--) {
          put(threads, () -> signIn(storm));
        }
        for (; dueReads >= 1; dueReads--) {
          put(threads, () -> read(storm));
        }
        for (; dueRegistrations >= 1; dueRegistrations--) {
          put(threads, () -> register(storm));
        }
        for (; dueRefreshes >= 1; dueRefreshes--) {
          put(threads, () -> refresh(storm));
        }
        if ((now - start) / 60_000_000_000L > minute) {
          minute = (now - start) / 60_000_000_000L;
          System.out.println("minute " + minute + (storm ? ", storm: " : ": ") + counts());
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  interface Step {
    void run() throws Exception;
  }

  void put(java.util.concurrent.ExecutorService threads, Step step) {
    if (!underWay.tryAcquire()) {
      tally("not sent, too many under way").count("-", 0, true);
      return;
    }
    threads.submit(
        () -> {
          try {
            step.run();
          } catch (Exception failure) {
            tally("failed").count(failure.getClass().getSimpleName(), 0, true);
          } finally {
            underWay.release();
          }
        });
  }

  void signIn(boolean storm) throws Exception {
    int user = ThreadLocalRandom.current().nextInt(USERS);
    var response =
        send(named("sign-in", storm), "POST", "/v1/sessions", "", credentials(user), 201, 503);
    if (response.statusCode() == 201) {
      tokens.set(user, first(ACCESS, response.body()));
    }
  }

  void read(boolean storm) throws Exception {
    String token = tokens.get(ThreadLocalRandom.current().nextInt(USERS));
    send(named("read", storm), "GET", "/v1/users/me", token, "", 200, 503);
  }

  void register(boolean storm) throws Exception {
    String email = run + "-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    var response = send(named("register", storm), "POST", "/v1/users", "", body(email), 201, 503);
    if (response.statusCode() == 201) {
      registered.add(email);
    }
  }

  void refresh(boolean storm) throws Exception {
    int user = ThreadLocalRandom.current().nextInt(USERS);
    var session =
        send(named("sign-in", storm), "POST", "/v1/sessions", "", credentials(user), 201, 503);
    if (session.statusCode() == 201) {
      String body = "{\"refresh_token\":\"" + first(REFRESH, session.body()) + "\"}";
      send(named("refresh", storm), "POST", "/v1/sessions/refresh", "", body, 200, 503);
    }
  }

  static String named(String name, boolean storm) {
    return storm ? name + ", in the storm" : name;
  }

  String credentials(int user) {
    return body(run + "-user" + user);
  }

  static String body(String name) {
    return "{\"email\":\"%s@example.org\",\"password\":\"%s\"}".formatted(name, PASSWORD);
  }

  static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("unexpected response: " + text);
    }
    return found.group(1);
  }

  HttpResponse<String> send(
      String name, String method, String path, String token, String body, int... expected)
      throws Exception {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(15))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    long begin = System.nanoTime();
    var response = http.send(request.build(), BodyHandlers.ofString());
    boolean right = false;
    for (int status : expected) {
      right |= status == response.statusCode();
    }
    String row = response.statusCode() == 503 ? name + ", refused" : name;
    tally(row).count(Integer.toString(response.statusCode()), System.nanoTime() - begin, right);
    return response;
  }

  Tally tally(String name) {
    return tallies.computeIfAbsent(name, any -> new Tally());
  }

  String counts() {
    var text = new StringBuilder();
    new TreeMap<>(tallies)
        .forEach(
            (name, tally) -> text.append(name).append(' ').append(tally.byStatus).append("; "));
    return text.toString();
  }

  boolean report() {
    boolean right = true;
    System.out.printf(
        "%-32s %-28s %8s %8s %8s%n", "request", "responses", "p50 ms", "p99 ms", "max ms");
    for (var entry : new TreeMap<>(tallies).entrySet()) {
      Tally tally = entry.getValue();
      System.out.printf(
          "%-32s %-28s %8.1f %8.1f %8.1f%n",
          entry.getKey(),
          new TreeMap<>(tally.byStatus),
          tally.quantile(0.5),
          tally.quantile(0.99),
          tally.quantile(1));
      right &= tally.wrong.sum() == 0;
    }
    long failed = tally("failed").count();
    long all = tallies.values().stream().mapToLong(Tally::count).sum();
    right &= failed * 1_000 <= all;
    System.out.println(right ? "All responses were expected" : "UNEXPECTED RESPONSES");
    return right;
  }

  /// Counts of one kind of request. Times are kept in buckets 5 % apart.
  static final class Tally {
    final Map<String, LongAdder> byStatus = new ConcurrentHashMap<>();
    final LongAdder wrong = new LongAdder();
    final LongAdder[] buckets = new LongAdder[400];

    Tally() {
      java.util.Arrays.setAll(buckets, any -> new LongAdder());
    }

    void count(String status, long nanos, boolean right) {
      byStatus.computeIfAbsent(status, any -> new LongAdder()).increment();
      if (!right) {
        wrong.increment();
      }
      double micros = Math.max(1, nanos / 1e3);
      int bucket = (int) (Math.log(micros) / Math.log(1.05));
      buckets[Math.min(buckets.length - 1, bucket)].increment();
    }

    long count() {
      long all = 0;
      for (LongAdder bucket : buckets) {
        all += bucket.sum();
      }
      return all;
    }

    double quantile(double share) {
      long all = count();
      long seen = 0;
      for (int bucket = 0; bucket < buckets.length; bucket++) {
        seen += buckets[bucket].sum();
        if (seen > 0 && seen >= share * all) {
          return Math.pow(1.05, bucket + 1) / 1e3;
        }
      }
      return 0;
    }
  }
}
