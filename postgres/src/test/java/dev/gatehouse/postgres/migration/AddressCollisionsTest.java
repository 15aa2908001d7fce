package dev.gatehouse.postgres.migration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.postgres.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/// Migrates a database in which a release without case folding made accounts.
final class AddressCollisionsTest {
  private static final int WITHOUT_FOLDING = 14;
  private static final String FINAL_SIGMA = "00000000-0000-7000-8000-000000000001";
  private static final String SIGMA = "00000000-0000-7000-8000-000000000002";
  private static final String LONG_S = "00000000-0000-7000-8000-000000000003";
  private static final String PLAIN_S = "00000000-0000-7000-8000-000000000004";
  private static final String ALONE = "00000000-0000-7000-8000-000000000005";

  private final TestDatabase database = TestDatabase.createEmpty();

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  @Test
  void listsAccountsThatShareAnAddressAndChangesNone() throws Exception {
    new Migrations(database.settings()).migrateTo(WITHOUT_FOLDING);
    register(FINAL_SIGMA, "νικος.α@k.example");
    register(SIGMA, "νικοσ.α@k.example");
    register(LONG_S, "ſophie@k.example");
    register(PLAIN_S, "sophie@k.example");
    register(ALONE, "σίσυφος@k.example");

    new Migrations(database.settings()).migrate();

    assertThat(AddressCollisions.find(connections()))
        .containsExactly(List.of(SIGMA, FINAL_SIGMA), List.of(PLAIN_S, LONG_S));
    assertThat(compared(FINAL_SIGMA)).isEqualTo("νικος.α@k.example");
  }

  @Test
  void aCheckLogsThemBeforeTheMigrationAndChangesNothing() throws Exception {
    new Migrations(database.settings()).migrateTo(WITHOUT_FOLDING);
    register(FINAL_SIGMA, "νικος.α@k.example");
    register(SIGMA, "νικοσ.α@k.example");
    register(ALONE, "σίσυφος@k.example");

    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    var logger = (Logger) LoggerFactory.getLogger(AddressCollisions.class);
    logger.addAppender(logged);
    assertThat(new Migrations(database.settings()).check())
        .startsWith("V15 fold the case of addresses");
    logger.detachAppender(logged);

    assertThat(logged.list)
        .map(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Accounts share an address by case folding: %s is found under every spelling, [%s] under the spelling of their registration alone"
                .formatted(SIGMA, FINAL_SIGMA));
    assertThat(new Migrations(database.settings()).version()).isEqualTo(WITHOUT_FOLDING);
  }

  private void register(String id, String compared) throws SQLException {
    try (Connection connection = connections().getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO users (
                  id, email, email_compared, email_verified, status, roles, password_hash, version,
                  created_at, updated_at)
                VALUES (?::uuid, ?, ?, false, 'active', '{}', 'hash', 1, now(), now())
                """)) {
      insert.setString(1, id);
      insert.setString(2, compared);
      insert.setString(3, compared);
      insert.executeUpdate();
    }
  }

  private String compared(String id) throws SQLException {
    try (Connection connection = connections().getConnection();
        var select =
            connection.prepareStatement("SELECT email_compared FROM users WHERE id = ?::uuid")) {
      select.setString(1, id);
      try (var rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  private PGSimpleDataSource connections() {
    var settings = database.settings();
    var source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    return source;
  }
}
