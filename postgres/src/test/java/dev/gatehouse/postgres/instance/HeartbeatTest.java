package dev.gatehouse.postgres.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.postgres.HungBackends;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.resilience.clock.ClockState;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HeartbeatTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final PeriodicTasks TASKS = new PeriodicTasks(PeriodicTaskListener.NONE);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Test
  void countsTheInstancesThatLive() throws SQLException {
    put("now() - interval '11 s'");
    try (var first = start()) {
      assertThat(first.count()).isEqualTo(1);
      try (var second = start()) {
        assertThat(second.count()).isEqualTo(2);
        await().atMost(TIMEOUT).until(() -> first.count() == 2);
      }
      await().atMost(TIMEOUT).until(() -> first.count() == 1);
    }
    assertThat(rows("seen_at > now() - interval '10 s'")).isZero();
  }

  @Test
  void strikesOffWhoWasNotSeenForAMinute() throws SQLException {
    put("now() - interval '2 min'");

    start().close();

    assertThat(rows("seen_at < now() - interval '1 min'")).isZero();
  }

  /// Rows that were written before the database's clock was set back by an hour.
  @Test
  void countsNoInstanceThatWasSeenInTheFuture() throws SQLException {
    put("now() + interval '1 hour'");

    try (var heartbeat = start()) {
      assertThat(heartbeat.count()).isEqualTo(1);
    }

    assertThat(rows("seen_at > now() + interval '1 min'")).isZero();
  }

  @Test
  void tellsTheOthersItsOffsetAndJudgesByTheirs() throws SQLException {
    var ahead = new SharedClock(() -> Instant.now().plus(Duration.ofDays(31)), System::nanoTime);
    try (var _ = start();
        var _ = Heartbeat.start(DATABASE.get(), UUID.randomUUID(), ahead, TASKS)) {
      assertThat(rows("clock_offset_seconds BETWEEN -2 AND 2")).isEqualTo(1);
      assertThat(rows("clock_offset_seconds BETWEEN 2678395 AND 2678405")).isEqualTo(1);
      assertThat(ahead.state()).isEqualTo(ClockState.INSTANCE_WRONG);
      assertThat(ahead.instant()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    }
  }

  @Test
  void cannotTellByInstancesOfAReleaseThatMeasuresNothing() throws SQLException {
    put("now()");
    var ahead = new SharedClock(() -> Instant.now().plus(Duration.ofDays(31)), System::nanoTime);
    try (var heartbeat = Heartbeat.start(DATABASE.get(), UUID.randomUUID(), ahead, TASKS)) {
      assertThat(heartbeat.count()).isEqualTo(2);
      assertThat(ahead.state()).isEqualTo(ClockState.UNDECIDED);
    }
    remove();
  }

  @Test
  void countsAnInstanceUntilItIsMissingTwice() throws SQLException {
    put("now()");
    try (var heartbeat = start()) {
      assertThat(heartbeat.count()).isEqualTo(2);
      remove();
      await().atMost(TIMEOUT).until(() -> rows("true") == 1);

      await().during(Duration.ofSeconds(1)).until(() -> heartbeat.count() == 2);
      await().atMost(TIMEOUT).until(() -> heartbeat.count() == 1);
    }
  }

  /// The first sign of life is given by the start, and the next one after the pause, which is short
  /// enough for the pool to hand out the same connection without validation.
  @Test
  void isNotLateWhenItsServerProcessHangs() throws Exception {
    Duration pause = Duration.ofMillis(400);
    try (var heartbeat = start(pausing(pause));
        var _ = HungBackends.stop(DATABASE, "%FROM instances%")) {
      put("now()");

      await().atMost(pause.plusSeconds(2)).until(() -> heartbeat.count() == 2);
    }
    remove();
  }

  private static PeriodicTasks pausing(Duration pause) {
    return new PeriodicTasks(
        PeriodicTaskListener.NONE,
        System::nanoTime,
        (wake, _) -> wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS),
        () -> 0.5);
  }

  private static void remove() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM instances");
    }
  }

  private static Heartbeat start() {
    return start(TASKS);
  }

  private static Heartbeat start(PeriodicTasks tasks) {
    return Heartbeat.start(DATABASE.get(), UUID.randomUUID(), SharedClock.system(), tasks);
  }

  private static void put(String seenAt) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO instances (id, seen_at) VALUES (gen_random_uuid(), " + seenAt + ")");
    }
  }

  private static int rows(String condition) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM instances WHERE " + condition)) {
      row.next();
      return row.getInt(1);
    }
  }
}
