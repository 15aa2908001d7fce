package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.resilience.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DatabaseTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final Sql SLEEP = Sql.of("SELECT pg_sleep(60)");
  private static final Sql ONE = Sql.of("SELECT 1");

  @Test
  void refusesASecondConnectionWhileHoldingOne() {
    Database database = DATABASE.get();

    assertThatThrownBy(() -> database.write(outer -> database.read(DatabaseTest::one)))
        .isInstanceOf(Fault.class);
    assertThat(database.<Integer>read(DatabaseTest::one)).isEqualTo(1);
  }

  @Test
  void givesUpOnAnExhaustedPoolInTimeAndServesAgainAfterwards() throws Exception {
    var taken = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    var wait = Duration.ofSeconds(2);
    try (var database =
            Database.open(Settings.sized(Settings.waiting(DATABASE.settings(), wait), 2));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        threads.execute(
            () ->
                database.write(
                    statements -> {
                      taken.countDown();
                      await(release);
                      return 0;
                    }));
      }
      assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();

      long start = System.nanoTime();
      assertThat(codeOf(() -> database.read(DatabaseTest::one)))
          .isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE);
      assertThat(millisSince(start)).isBetween(1_900L, 10_000L);

      release.countDown();
      assertThat(database.<Integer>read(DatabaseTest::one)).isEqualTo(1);
    }
  }

  @Test
  void waitsNoLongerThanTheDeadline() {
    long start = System.nanoTime();
    ErrorCode code =
        codeOf(
            () ->
                Deadline.after(Duration.ZERO)
                    .run(() -> DATABASE.get().<Integer>read(DatabaseTest::one)));

    assertThat(code).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(millisSince(start)).isLessThan(5_000);
  }

  @Test
  void cutsAStatementThatRunsTooLong() {
    try (var database =
        Database.open(Settings.hasty(DATABASE.settings(), Duration.ofMillis(200)))) {
      assertThat(codeOf(() -> database.read(s -> s.first(SLEEP.call(), row -> 1))))
          .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void rollsATransactionBackWhenItsWorkFails() throws SQLException {
    Sql create = Sql.of("CREATE TABLE half_done (id integer)");

    assertThatThrownBy(
            () ->
                DATABASE
                    .get()
                    .transaction(
                        statements -> {
                          statements.update(create.call());
                          throw new IllegalStateException("in the middle");
                        }))
        .hasMessage("in the middle");

    Sql find = Sql.of("SELECT to_regclass('half_done')");
    assertThat(
            DATABASE
                .get()
                .<Boolean>read(
                    s -> s.first(find.call(), row -> row.getString(1) == null).orElseThrow()))
        .isTrue();
  }

  @Test
  void reportsABrokenStatementAsAFault() {
    Sql broken = Sql.of("SELECT nothing FROM nowhere");

    assertThat(codeOf(() -> DATABASE.get().read(s -> s.first(broken.call(), row -> 1))))
        .isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void repeatsAReadWhoseConnectionTurnedOutDead() throws SQLException {
    Database database = DATABASE.get();
    database.ping();
    killAllOthers();

    assertThat(database.<Integer>read(DatabaseTest::one)).isEqualTo(1);
  }

  private static void killAllOthers() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          LIMIT 1
          """);
    }
  }

  private static int one(Statements statements) throws SQLException {
    return statements.first(ONE.call(), row -> row.getInt(1)).orElseThrow();
  }

  private static ErrorCode codeOf(Runnable work) {
    return catchThrowableOfType(GatehouseException.class, work::run).code();
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
