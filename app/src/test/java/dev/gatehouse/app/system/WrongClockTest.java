package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.postgres.embedded.RunningServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances on one database, the second of them with a wall clock that is off.
class WrongClockTest {
  private static final String PASSWORD = "an engine of difference";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /// The promise is a second; the rest is for a busy machine.
  private static final Duration REVOCATION = Duration.ofSeconds(2);

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void compiler() {
    assumeTrue(ShiftedClock.available(), "needs gcc, which makes the library that shifts clocks");
  }

  /// It starts with a clock that is 91 days ahead, which then steps to 31 days, to behind, and to
  /// right.
  @Test
  void deletesNothingIssuesNothingWrongAndIsNotReadyUntilItsClockIsRight() throws Exception {
    var clock = ShiftedClock.in(folder);
    try (var first = RunningGatehouse.start(folder.resolve("data"), Map.of())) {
      var user = signedUp(first);
      long events = rows(first, "audit_events");
      clock.shift(Duration.ofDays(91));
      try (var second = first.startSecondUnready(shifted(clock))) {
        awaitLog(second, "Cleanup waits");
        for (var error :
            new Duration[] {Duration.ofDays(91), Duration.ofDays(31), Duration.ofDays(-31)}) {
          clock.shift(error);
          await().atMost(TIMEOUT).until(() -> offBy(first, error));
          awaitSweeps(second);
          assertThat(second.isReady()).as("ready").isFalse();
          assertThat(first.isReady()).as("the other is ready").isTrue();
          takesTheOthersTokens(first, second, user);
          takesTheOthersTokens(second, first, user);
          signsOut(first, second);
          signsOut(second, first);
        }
        String refreshed = first.client().refresh(user.refresh()).text("refresh_token");
        assertThat(refreshed).isNotEmpty();
        assertThat(rows(first, "sessions")).isGreaterThan(1);
        assertThat(rows(first, "audit_events")).isGreaterThanOrEqualTo(events);
        assertThat(rows(first, "server_keys WHERE active_from > now()")).isZero();
        assertThat(rows(first, "server_keys")).isEqualTo(2);
        assertThat(rows(first, "audit_events WHERE recorded_at > now() + interval '1 s'")).isZero();
        assertThat(rows(first, "sessions WHERE created_at > now() + interval '1 s'")).isZero();

        clock.shift(Duration.ZERO);
        await().atMost(TIMEOUT).until(second::isReady);
        awaitLog(second, "Cleanup goes on");
        assertThat(first.client().refresh(refreshed).status()).isEqualTo(200);
      }
    }
  }

  /// Alone on its database, and the database's clock steps: nothing goes, and nothing that is valid
  /// by the clock that was right before is refused.
  @Test
  void deletesNothingWhenTheClockOfTheDatabaseSteps() throws Exception {
    var clock = ShiftedClock.in(folder);
    try (var only = RunningGatehouse.start(folder.resolve("data"), shifted(clock))) {
      var user = signedUp(only);
      long events = rows(only, "audit_events");
      clock.shiftDatabase(Duration.ofDays(91));
      awaitLog(only, "Cleanup waits");
      awaitSweeps(only);

      assertThat(only.isReady()).isTrue();
      assertThat(only.client().me(user.access()).status()).isEqualTo(200);
      String token = only.client().signIn(user.email(), PASSWORD).text("access_token");
      assertThat(only.client().me(token).status()).isEqualTo(200);
      assertThat(rows(only, "sessions")).isGreaterThan(1);
      assertThat(rows(only, "audit_events")).isGreaterThanOrEqualTo(events);
      assertThat(rows(only, "server_keys")).isEqualTo(2);

      clock.shiftDatabase(Duration.ZERO);
      awaitLog(only, "Cleanup goes on");
      assertThat(only.client().refresh(user.refresh()).status()).isEqualTo(200);
    }
  }

  /// Two instances, and the clock of the database is an hour ahead, then an hour behind, then right
  /// while that of one instance is an hour behind.
  @Tag("evidence")
  @Test
  void sessionsGoOnWhileTheClockOfTheDatabaseStepsByAnHour() throws Exception {
    var clock = ShiftedClock.in(folder);
    try (var first = RunningGatehouse.start(folder.resolve("data"), shifted(clock));
        var second = first.startSecond(Map.of())) {
      var user = signedUp(first);
      long sessions = rows(first, "sessions");
      long events = rows(first, "audit_events");
      String refresh = user.refresh();
      for (var step : new Duration[] {HOUR, HOUR.negated(), Duration.ZERO}) {
        clock.shiftDatabase(step);
        if (step.isZero()) {
          clock.shift(HOUR.negated());
        }
        takesTheOthersTokens(first, second, user);
        takesTheOthersTokens(second, first, user);
        signsOut(first, second);
        signsOut(second, first);
        refresh = refreshed(first, refresh);
        refresh = refreshed(second, refresh);
        awaitSweeps(first);
      }
      // Two sign-ins a step go on, two were signed out.
      assertThat(rows(first, "sessions")).isEqualTo(sessions + 3 * 2);
      assertThat(rows(first, "audit_events")).isGreaterThan(events);
      assertThat(rows(first, "server_keys")).isEqualTo(2);
    }
  }

  private static String refreshed(RunningGatehouse instance, String token) {
    var response = instance.client().refresh(token);
    assertThat(response.status()).isEqualTo(200);
    return response.text("refresh_token");
  }

  private static Map<String, String> shifted(ShiftedClock clock) {
    var settings = new HashMap<>(clock.environment());
    settings.put("JAVA_TOOL_OPTIONS", "-Dgatehouse.sweep.interval-ms=200");
    settings.put("GATEHOUSE_LOG_LEVEL", "debug");
    return settings;
  }

  private record Signed(String email, String access, String refresh) {}

  private static Signed signedUp(RunningGatehouse instance) {
    String email = UUID.randomUUID() + "@example.org";
    instance.client().register(email, PASSWORD);
    var signedIn = instance.client().signIn(email, PASSWORD);
    return new Signed(email, signedIn.text("access_token"), signedIn.text("refresh_token"));
  }

  private static void takesTheOthersTokens(
      RunningGatehouse issuer, RunningGatehouse other, Signed user) {
    String token = issuer.client().signIn(user.email(), PASSWORD).text("access_token");
    assertThat(other.client().me(token).status()).isEqualTo(200);
    assertThat(issuer.client().me(token).status()).isEqualTo(200);
  }

  private static void signsOut(RunningGatehouse at, RunningGatehouse other) {
    String token = signedUp(at).access();
    assertThat(other.client().me(token).status()).isEqualTo(200);
    at.client().send("DELETE", "/v1/sessions/current", Optional.of(token), "");
    await().atMost(REVOCATION).until(() -> other.client().me(token).status() == 401);
  }

  private static boolean offBy(RunningGatehouse instance, Duration error) throws SQLException {
    return rows(
            instance,
            "instances WHERE abs(clock_offset_seconds - %d) < 30".formatted(error.toSeconds()))
        == 1;
  }

  private static void awaitLog(RunningGatehouse instance, String text) {
    await().atMost(TIMEOUT).until(() -> instance.log().contains(text));
  }

  /// Several turns of the sweeper.
  private static void awaitSweeps(RunningGatehouse instance) {
    long before = instance.log().split("Removed ", -1).length;
    await().atMost(TIMEOUT).until(() -> instance.log().split("Removed ", -1).length > before + 5);
  }

  private static long rows(RunningGatehouse instance, String table) throws SQLException {
    RunningServer database = instance.database();
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
