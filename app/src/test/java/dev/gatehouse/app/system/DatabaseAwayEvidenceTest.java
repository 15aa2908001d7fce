package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.postgres.embedded.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL is away for half a minute, stopped or hanging, while clients register and read. Needs
/// a quiet machine.
@Tag("evidence")
class DatabaseAwayEvidenceTest {
  private static final int CLIENTS = 4;
  private static final Duration BEFORE = Duration.ofSeconds(6);
  private static final Duration AWAY = Duration.ofSeconds(30);
  private static final Duration AFTER = Duration.ofSeconds(10);

  /// To notice a server that hangs: until the next question, for its response, for a new
  /// connection.
  private static final Duration NOTICED = Duration.ofMillis(2_500);

  private static final long REFUSED_WITHIN_MILLIS = 300;
  private static final long BACK_WITHIN_MILLIS = 5_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void aServerThatHangsIsNotWaitedFor() throws Exception {
    try (var server = startServer()) {
      Course course = course(server, () -> signal("STOP"), () -> signal("CONT"));
      check("hanging", course, NOTICED, server);
    }
  }

  @Test
  void aServerThatIsStoppedIsNotWaitedFor() throws Exception {
    var servers = new ArrayList<EmbeddedServer>();
    servers.add(startServer());
    try {
      Course course =
          course(
              servers.getFirst(),
              () -> servers.getFirst().close(),
              () -> servers.add(startServer()));
      check("stopped", course, Duration.ofSeconds(1), servers.getLast());
    } finally {
      servers.getLast().close();
    }
  }

  /// One request: when it began and how it ended.
  private record Outcome(String kind, String email, int status, long startedAt, long nanos) {
    boolean began(long from, long until) {
      return startedAt - from >= 0 && startedAt - until < 0;
    }

    long millis() {
      return nanos / 1_000_000;
    }
  }

  /// What happened, and when the server went, was called back and was back.
  private record Course(List<Outcome> outcomes, long gone, long called, long back) {
    List<Outcome> of(Predicate<Outcome> wanted) {
      return outcomes.stream().filter(wanted).toList();
    }
  }

  private Course course(EmbeddedServer server, Step leave, Step comeBack) throws Exception {
    byte[] key = new byte[32];
    var settings =
        Map.of(
            "GATEHOUSE_DATABASE_URL", server.url(),
            "GATEHOUSE_DATABASE_USER", server.user(),
            "GATEHOUSE_DATABASE_PASSWORD", server.password(),
            "GATEHOUSE_DATABASE_ACQUIRE_TIMEOUT", "250ms",
            "GATEHOUSE_SECRET_KEY", Base64.getEncoder().encodeToString(key));
    var outcomes = new ConcurrentLinkedQueue<Outcome>();
    var sending = new AtomicBoolean(true);
    try (var program = RunningGatehouse.startToMeasure(folder.resolve("instance"), settings);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var client = program.client();
      client.register("ada@example.org", "correct horse battery");
      String token = client.signIn("ada@example.org", "correct horse battery").text("access_token");
      List<Future<?>> clients = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        clients.add(threads.submit(() -> register(client, sending, outcomes)));
        clients.add(threads.submit(() -> read(client, token, sending, outcomes)));
      }
      Thread.sleep(BEFORE);
      long gone = System.nanoTime();
      leave.take();
      Thread.sleep(AWAY);
      long called = System.nanoTime();
      comeBack.take();
      long back = System.nanoTime();
      Thread.sleep(AFTER);
      sending.set(false);
      for (Future<?> each : clients) {
        each.get();
      }
      return new Course(List.copyOf(outcomes), gone, called, back);
    }
  }

  private static void register(ApiClient client, AtomicBoolean sending, Queue<Outcome> outcomes) {
    while (sending.get()) {
      String email = "away-" + UUID.randomUUID() + "@example.org";
      long start = System.nanoTime();
      int status = client.register(email, "correct horse battery").status();
      outcomes.add(new Outcome("write", email, status, start, System.nanoTime() - start));
    }
  }

  private static void read(
      ApiClient client, String token, AtomicBoolean sending, Queue<Outcome> outcomes) {
    while (sending.get()) {
      long start = System.nanoTime();
      int status = client.me(token).status();
      outcomes.add(new Outcome("read", "", status, start, System.nanoTime() - start));
    }
  }

  private static void check(String how, Course course, Duration noticed, EmbeddedServer server)
      throws SQLException {
    long calm = course.gone() + noticed.toNanos();
    List<Outcome> refused =
        course.of(each -> each.kind().equals("write") && each.began(calm, course.called()));
    List<Outcome> caught =
        course.of(each -> each.kind().equals("write") && each.began(course.gone(), calm));
    List<Outcome> reads =
        course.of(each -> each.kind().equals("read") && each.began(course.gone(), course.back()));
    long served = reads.stream().filter(each -> each.status() == 200).count();
    long normal = written(course, course.gone() - BEFORE.toNanos() / 2, course.gone()) / 3;
    long recovered = millisUntilFullSpeed(course, normal);
    System.out.printf(
        "%s: %d writes refused, slowest %d ms; caught unawares %d, slowest %d ms; "
            + "reads %d of %d served; %d writes/s before, full speed %d ms after its return%n",
        how,
        refused.size(),
        slowest(refused),
        caught.size(),
        slowest(caught),
        served,
        reads.size(),
        normal,
        recovered);

    assertThat(refused).isNotEmpty().allMatch(each -> each.status() == 503);
    assertThat(slowest(refused)).isLessThanOrEqualTo(REFUSED_WITHIN_MILLIS);
    assertThat(recovered).isLessThanOrEqualTo(BACK_WITHIN_MILLIS);
    assertThat(stored(server)).containsAll(acknowledged(course));
  }

  private static long slowest(List<Outcome> outcomes) {
    return outcomes.stream().mapToLong(Outcome::millis).max().orElse(0);
  }

  private static long written(Course course, long from, long until) {
    return course.of(each -> each.status() == 201 && each.began(from, until)).size();
  }

  /// The end of the first half second in which nine tenths of the normal number were written.
  private static long millisUntilFullSpeed(Course course, long perSecond) {
    for (long millis = 0; millis < AFTER.toMillis() - 500; millis += 100) {
      long from = course.back() + millis * 1_000_000;
      if (written(course, from, from + 500_000_000) >= 0.9 * perSecond / 2) {
        return millis + 500;
      }
    }
    return Long.MAX_VALUE;
  }

  private static List<String> acknowledged(Course course) {
    return course.of(each -> each.status() == 201).stream().map(Outcome::email).toList();
  }

  private static List<String> stored(EmbeddedServer server) throws SQLException {
    var emails = new ArrayList<String>();
    try (Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT email FROM users")) {
      while (rows.next()) {
        emails.add(rows.getString(1));
      }
    }
    return emails;
  }

  private EmbeddedServer startServer() {
    return TestPostgres.start(folder.resolve("postgres"), 40, true);
  }

  private void signal(String signal) throws Exception {
    Path file = folder.resolve("postgres/data/postmaster.pid");
    var postmaster =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip())).orElseThrow();
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    Stream.concat(Stream.of(postmaster), postmaster.descendants())
        .forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  @FunctionalInterface
  private interface Step {
    void take() throws Exception;
  }
}
