package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.postgres.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A fresh database with an open pool for a test class. After each test no connection may be at
/// work.
public final class OpenDatabase implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private @Nullable TestDatabase fixture;
  private @Nullable Database database;

  @Override
  public void beforeAll(ExtensionContext context) {
    fixture = TestDatabase.create();
    database = Database.open(settings());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(get().activeConnections()).as("connections still at work").isZero();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    get().close();
    if (fixture != null) {
      fixture.close();
    }
  }

  public Database get() {
    if (database == null) {
      throw new IllegalStateException("not open");
    }
    return database;
  }

  /// How to reach it, patiently.
  public PostgresSettings settings() {
    if (fixture == null) {
      throw new IllegalStateException("not open");
    }
    return Settings.patient(fixture.settings());
  }

  /// A connection outside the pool, for looking behind the stores.
  public Connection connect() throws SQLException {
    var settings = settings();
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  /// A connection to another database of the same server.
  public Connection connectElsewhere() throws SQLException {
    var settings = settings();
    String url = settings.url();
    String elsewhere = url.substring(0, url.lastIndexOf('/')) + "/postgres";
    return DriverManager.getConnection(elsewhere, settings.user(), settings.password());
  }

  /// One to this database by the simple protocol, which takes statements as they are written.
  Connection connectSimply() throws SQLException {
    var settings = settings();
    return DriverManager.getConnection(
        settings.url() + "?preferQueryMode=simple", settings.user(), settings.password());
  }
}
