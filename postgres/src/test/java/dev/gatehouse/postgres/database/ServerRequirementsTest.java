package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.postgres.fixture.TestDatabase;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.testkit.net.UnderscoreNames;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a server or a role is said at the start, and what to do about it.
final class ServerRequirementsTest {
  private static final String ROLE = "restricted";

  private final TestDatabase database = TestDatabase.createEmpty();

  @BeforeEach
  void createRole() throws SQLException {
    execute("CREATE ROLE restricted LOGIN PASSWORD 'pw'");
  }

  @AfterEach
  void dropAll() throws SQLException {
    execute("DROP OWNED BY restricted CASCADE", "DROP ROLE restricted");
    database.close();
  }

  @Test
  void asksForTheRightToMakeTables() {
    assertThatThrownBy(() -> new Migrations(restricted()).migrate())
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContainingAll(
            "role restricted may not make tables in the schema public",
            "GRANT USAGE, CREATE ON SCHEMA public TO restricted;");
  }

  @Test
  void asksForTheRightsOnTables() throws SQLException {
    new Migrations(database.settings()).migrate();
    execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO restricted",
        "REVOKE DELETE ON sessions FROM restricted");

    assertThatThrownBy(() -> new Migrations(restricted()).migrate())
        .hasMessageContainingAll("role restricted lacks rights on tables", "DELETE on sessions;");

    execute("GRANT DELETE ON sessions TO restricted");
    assertThat(new Migrations(restricted()).migrate()).isZero();
  }

  @Test
  void saysThatTheRoleIsReadOnly() throws SQLException {
    execute(
        "GRANT CREATE ON SCHEMA public TO restricted",
        "ALTER ROLE restricted SET default_transaction_read_only = on");

    assertThatThrownBy(() -> new Migrations(restricted()).migrate())
        .hasMessageContainingAll("takes no writes", "default_transaction_read_only");
  }

  @Test
  void saysThatTheTablesOfSomethingElseAreThere() throws SQLException {
    execute("CREATE TABLE mine (id integer)");

    assertThatThrownBy(() -> new Migrations(database.settings()).migrate())
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContainingAll("cannot be migrated", "not Gatehouse's", "a database of its own");
  }

  @Test
  void repeatsWhatTheServerSaysOfAScriptAndWhatToDo() throws SQLException {
    new Migrations(database.settings()).migrate();
    execute(
        "DELETE FROM flyway_schema_history WHERE installed_rank > 9",
        "GRANT CREATE ON SCHEMA public TO restricted",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO restricted");

    assertThatThrownBy(() -> new Migrations(restricted()).migrate())
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContainingAll("\"user_imports\" already exists", "not Gatehouse's");
  }

  @Test
  void checksWithoutTheRightToChangeAnything() {
    assertThat(new Migrations(restricted()).check()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LATIN1", "SQL_ASCII"})
  void refusesAnEncodingInWhichNotEveryNameFits(String encoding) throws SQLException {
    String name = "test_" + encoding.toLowerCase(java.util.Locale.ROOT);
    execute(
        "CREATE DATABASE %s ENCODING '%s' TEMPLATE template0 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
            .formatted(name, encoding));
    try {
      PostgresSettings right = database.settings();
      var other =
          PostgresSettings.of(
              right.url().replaceFirst("/[^/]*$", "/" + name), right.user(), right.password());

      assertThatThrownBy(() -> new Migrations(other).migrate())
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContainingAll(encoding, "ENCODING 'UTF8'");
      assertThatThrownBy(() -> new Migrations(other).check()).hasMessageContaining(encoding);
    } finally {
      execute("DROP DATABASE " + name);
    }
  }

  @Test
  void refusesVersionsThatAreTooOld() {
    assertThatThrownBy(() -> ServerRequirements.requireVersion(14, "14.12", "db"))
        .hasMessageContaining("PostgreSQL 14.12; versions 15 to 18");
    for (int version = 15; version <= 19; version++) {
      int supported = version;
      assertThatCode(() -> ServerRequirements.requireVersion(supported, "", "db"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void keepsTheOptionsOfTheUrlInThePool() {
    var settings =
        PostgresSettings.of(
            database.settings().url()
                + "?ApplicationName=mine&options=-c+work_mem%3D5MB&prepareThreshold=0",
            database.settings().user(),
            database.settings().password());
    try (var pool = Database.open(settings)) {
      assertThat(shown(pool, "application_name")).isEqualTo("mine");
      assertThat(shown(pool, "work_mem")).isEqualTo("5MB");
      assertThat(shown(pool, "statement_timeout")).isEqualTo("5s");
    }
  }

  @Test
  void connectsToNoServerWithoutTlsWhenAskedForIt() {
    var settings =
        PostgresSettings.of(
            database.settings().url() + "?channelBinding=require&sslmode=require",
            database.settings().user(),
            database.settings().password());

    assertThatThrownBy(() -> new Migrations(settings).migrate()).hasMessageContaining("SSL");
  }

  @Test
  void callsAServerWhoseNameHasAnUnderscore() {
    PostgresSettings right = database.settings();
    String url = right.url().replaceFirst("//[^:/]+", "//" + UnderscoreNames.NAME);

    assertThat(new Migrations(PostgresSettings.of(url, right.user(), right.password())).check())
        .isNotEmpty();
  }

  private static String shown(Database pool, String setting) {
    return pool.<String>read(
        statements ->
            statements
                .first(
                    Sql.of("SELECT current_setting('" + setting + "')").call(),
                    row -> row.getString(1))
                .orElseThrow());
  }

  private PostgresSettings restricted() {
    return PostgresSettings.of(database.settings().url(), ROLE, "pw");
  }

  private void execute(String... statements) throws SQLException {
    PostgresSettings settings = database.settings();
    try (var connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
