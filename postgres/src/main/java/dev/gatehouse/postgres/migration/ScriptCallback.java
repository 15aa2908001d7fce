package dev.gatehouse.postgres.migration;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Bounds the waits of each script, and counts the scripts that ran, also before one that failed.
final class ScriptCallback extends BaseCallback {
  private final LockWaits locks;
  private int count;

  ScriptCallback(LockWaits locks) {
    this.locks = locks;
  }

  /// How many scripts ran.
  int count() {
    return count;
  }

  /// Flyway warns of deprecated events when a callback supports them all.
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.BEFORE_EACH_MIGRATE) {
      bound(context.getConnection());
    }
    if (event == Event.AFTER_EACH_MIGRATE) {
      count++;
    }
  }

  /// Applies to the script's transaction. A script without one, which creates an index
  /// concurrently, delays no other session while it waits, and would leave an invalid index behind.
  private void bound(Connection connection) {
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + locks.each().toMillis());
    } catch (SQLException failure) {
      throw new FlywayException("the wait for locks cannot be bounded", failure);
    }
  }
}
