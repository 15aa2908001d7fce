package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.errors.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ConnectionBudgetTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @Test
  void saysNothingWhileThereIsEnough() {
    var budget = ConnectionBudget.of(DATABASE.get(), DATABASE.settings(), 1);

    assertThat(budget.allowed()).isBetween(50, 100);
    assertThat(budget.shortfall()).isEmpty();
  }

  @Test
  void saysInWordsWhatHelpsWhenAllInstancesMayWantMoreThanThereIs() {
    var budget = ConnectionBudget.of(DATABASE.get(), DATABASE.settings(), 20);

    assertThat(budget.shortfall().orElseThrow())
        .startsWith("20 instances may open 280 connections (14 each), PostgreSQL has ")
        .contains("raise max_connections")
        .endsWith("lower GATEHOUSE_DATABASE_MAX_OPEN to at most 1");
  }

  @Test
  void namesThePoolThatFits() {
    assertThat(new ConnectionBudget("PostgreSQL", 3, 14, 27).shortfall().orElseThrow())
        .endsWith("at most 5");
  }

  /// Of the sessions of others such a role is not told what kind of process serves them.
  @Test
  void countsOtherProgramsAsAPlainRoleToo() throws SQLException {
    var settings = DATABASE.settings();
    var plain = PostgresSettings.of(settings.url(), "plain", "plain");
    execute("CREATE ROLE plain LOGIN PASSWORD 'plain'");
    try (var pool = Database.open(plain);
        var _ = DATABASE.connect();
        var _ = DATABASE.connect();
        var _ = DATABASE.connect()) {
      // A session that another test has just closed may be counted for a moment.
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreException(Unavailable.class)
          .untilAsserted(
              () ->
                  assertThat(ConnectionBudget.of(pool, plain, 1))
                      .isEqualTo(ConnectionBudget.of(DATABASE.get(), settings, 1)));
      assertThat(ConnectionBudget.of(pool, plain, 1).allowed()).isLessThanOrEqualTo(97 - 3);
    } finally {
      execute("DROP ROLE plain");
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
