package dev.gatehouse.postgres.database;

import java.time.Duration;

/// Variations of a database's settings.
final class Settings {
  private Settings() {}

  /// With a wait for a connection that outlasts a busy build machine.
  static PostgresSettings patient(PostgresSettings base) {
    return waiting(base, Duration.ofSeconds(10));
  }

  /// With so long a wait for a connection.
  static PostgresSettings waiting(PostgresSettings base, Duration acquireTimeout) {
    return with(base, base.maxOpen(), acquireTimeout, base.statementTimeout());
  }

  /// With a pool of this size.
  static PostgresSettings sized(PostgresSettings base, int maxOpen) {
    return with(base, maxOpen, base.acquireTimeout(), base.statementTimeout());
  }

  /// With a pool that keeps and may open so many.
  static PostgresSettings sized(PostgresSettings base, int maxOpen, int minIdle) {
    return new PostgresSettings(
        base.url(),
        base.user(),
        base.password(),
        maxOpen,
        minIdle,
        base.maxLifetime(),
        base.acquireTimeout(),
        base.statementTimeout(),
        base.leakThreshold());
  }

  /// With less time for each statement.
  static PostgresSettings hasty(PostgresSettings base, Duration statementTimeout) {
    return with(base, base.maxOpen(), base.acquireTimeout(), statementTimeout);
  }

  private static PostgresSettings with(
      PostgresSettings base, int maxOpen, Duration acquireTimeout, Duration statementTimeout) {
    return new PostgresSettings(
        base.url(),
        base.user(),
        base.password(),
        maxOpen,
        Math.min(base.minIdle(), maxOpen),
        base.maxLifetime(),
        acquireTimeout,
        statementTimeout,
        base.leakThreshold());
  }
}
