package dev.gatehouse.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditEvent.Kind;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.postgres.cleanup.AuditRetention;
import dev.gatehouse.postgres.cleanup.SweeperTest;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresAuditLogTest {
  private static final PeriodicTasks TASKS = new PeriodicTasks(PeriodicTaskListener.NONE);

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();
  private static final InstantSource NOW = InstantSource.system();
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final UserId user = new UserId(Sample.id());

  @BeforeEach
  void empty() throws SQLException {
    execute("TRUNCATE audit_events");
  }

  @Test
  void keepsEveryPartOfAnEvent() throws SQLException {
    try (var log = PostgresAuditLog.start(DATABASE.get(), System::nanoTime, TASKS)) {
      log.record(AuditEvent.about(Kind.SIGN_IN_FAILED, user, Sample.ORIGIN));
    }

    assertThat(
            column(
                """
                SELECT concat_ws(' ', event, actor, subject, ip, request_id)
                FROM audit_events
                """))
        .containsExactly("sign_in_failed anonymous %s 192.0.2.7 sample-request".formatted(user));
  }

  /// By the monotonic clock an event has waited for 90 s when it is stored.
  @Test
  void goesByTheClockOfTheDatabaseLessWhatAnEventHasWaited() throws SQLException {
    var nanos = new AtomicLong();
    try (var log =
        PostgresAuditLog.start(
            DATABASE.get(), () -> nanos.getAndAdd(Duration.ofSeconds(90).toNanos()), TASKS)) {
      log.record(AuditEvent.by(Kind.PASSWORD_CHANGED, user, Sample.ORIGIN));
    }

    assertThat(column("SELECT now() - recorded_at BETWEEN '90 s' AND '120 s' FROM audit_events"))
        .containsExactly("t");
  }

  @Test
  void storesWithoutBeingClosed() {
    try (var log = PostgresAuditLog.start(DATABASE.get(), System::nanoTime, TASKS)) {
      log.record(AuditEvent.by(Kind.PASSWORD_CHANGED, user, Sample.ORIGIN));

      await().untilAsserted(() -> assertThat(count()).isOne());
    }
  }

  @Test
  void keepsTheOrderAndLosesNothingWhenClosed() throws SQLException {
    var expected = new ArrayList<String>();
    try (var log = PostgresAuditLog.start(DATABASE.get(), System::nanoTime, TASKS)) {
      for (int number = 0; number < 3000; number++) {
        log.record(AuditEvent.about(Kind.RATE_LIMITED, "number " + number, Sample.ORIGIN));
        expected.add("number " + number);
      }
    }

    assertThat(column("SELECT subject FROM audit_events ORDER BY sequence")).isEqualTo(expected);
  }

  @Test
  void countsWhatDoesNotFitAndNeverWaits() throws Exception {
    int recorded = 2000;
    PostgresAuditLog log;
    try (var blocking = DATABASE.connect();
        var statement = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      statement.execute("LOCK TABLE audit_events IN EXCLUSIVE MODE");
      log = PostgresAuditLog.start(DATABASE.get(), System::nanoTime, 100, TASKS);
      for (int number = 0; number < recorded; number++) {
        log.record(AuditEvent.by(Kind.SIGN_IN_SUCCEEDED, user, Sample.ORIGIN));
      }
      assertThat(log.dropped()).isBetween(recorded - 700L, recorded - 100L);
      blocking.rollback();
    }
    log.close();

    assertThat(count()).isEqualTo(recorded - log.dropped());
    log.record(AuditEvent.by(Kind.SIGN_IN_SUCCEEDED, user, Sample.ORIGIN));
    assertThat(log.dropped() + count()).isEqualTo(recorded + 1);
  }

  @Test
  void countsAsLostWhatTheDatabaseRefuses() throws SQLException {
    try (var log = PostgresAuditLog.start(DATABASE.get(), System::nanoTime, TASKS)) {
      log.record(AuditEvent.about(Kind.SIGN_IN_FAILED, "\0", Sample.ORIGIN));
      await().until(() -> log.dropped() == 1);
      log.record(AuditEvent.by(Kind.SIGN_IN_SUCCEEDED, user, Sample.ORIGIN));
    }

    assertThat(count()).isOne();
  }

  @Test
  void removesWhatIsTooOld() throws SQLException {
    fill(1200, "now() - interval '90 days' - n * interval '1 s'");
    fill(5, "now() - interval '90 days' + interval '1 minute'");
    var retention = new AuditRetention(Duration.ofDays(90), 1_000_000);

    assertThat(retention.sweep(DATABASE.get(), NOW, 100)).isEqualTo(1200);
    assertThat(count()).isEqualTo(5);
  }

  @Test
  void findsNothingTooOldWhileTheClockOfTheInstanceIsAnother() throws SQLException {
    fill(10, "now() - interval '91 days'");
    fill(10, "now()");
    var retention = new AuditRetention(Duration.ofDays(90), 1_000_000);
    for (Duration offset : SweeperTest.WRONG) {
      InstantSource wrong = () -> NOW.instant().plus(offset);
      assertThat(retention.sweep(DATABASE.get(), wrong, 100)).isZero();
    }
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void removesTheOldestOfTooMany() throws SQLException {
    fill(1000, "now()");
    var retention = new AuditRetention(FOREVER, 150);

    assertThat(retention.sweep(DATABASE.get(), NOW, 100)).isEqualTo(850);
    assertThat(column("SELECT subject FROM audit_events ORDER BY sequence LIMIT 1"))
        .containsExactly("851");
    assertThat(retention.sweep(DATABASE.get(), NOW, 100)).isZero();
  }

  private static void fill(int count, String recordedAt) throws SQLException {
    execute(
        """
        INSERT INTO audit_events (recorded_at, event, actor, subject, ip, request_id)
        SELECT %s, 'rate_limited', 'anonymous', n::text, '192.0.2.1', 'request'
        FROM generate_series(1, %d) AS n
        """
            .formatted(recordedAt, count));
  }

  private static long count() throws SQLException {
    return Long.parseLong(column("SELECT count(*) FROM audit_events").getFirst());
  }

  private static List<String> column(String query) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
