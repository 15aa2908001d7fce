package dev.gatehouse.postgres.database;

import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the outages that a [HealthMonitor] finds, of its server and of the monitor itself. For one
/// thread.
final class HealthReports implements PeriodicTaskListener {
  private static final Logger log = LoggerFactory.getLogger(HealthReports.class);

  private final boolean standby;
  private boolean reported;

  private HealthReports(boolean standby) {
    this.standby = standby;
  }

  /// Of a server that requests need.
  static HealthReports ofPrimary() {
    return new HealthReports(false);
  }

  /// Of a standby, whose outages [ReplicationWatch] reports.
  static HealthReports ofStandby() {
    return new HealthReports(true);
  }

  @Override
  public void outageBegan(String name, Throwable cause) {
    boolean away = cause instanceof SQLException failure && SqlErrors.isServerAway(failure);
    reported = !away || !standby;
    if (!reported) {
      return;
    }
    if (cause instanceof ServerBehind) {
      log.error("PostgreSQL is refused: {}", cause.getMessage());
    } else if (away) {
      log.warn(
          "PostgreSQL does not respond; requests that need it are refused: {}", cause.getMessage());
    } else {
      log.error("Database monitor failed; retrying", cause);
    }
  }

  @Override
  public void outageEnded(String name, int failures, Duration lasted) {
    if (reported) {
      log.atInfo().addKeyValue("seconds", lasted.toSeconds()).log("PostgreSQL responds again");
    }
  }
}
