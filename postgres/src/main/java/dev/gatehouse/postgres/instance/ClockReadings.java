package dev.gatehouse.postgres.instance;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import dev.gatehouse.postgres.database.Times;
import dev.gatehouse.resilience.clock.ClockReading;
import dev.gatehouse.resilience.clock.ClockState;
import dev.gatehouse.resilience.clock.SharedClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Compares clocks: of this instance with the database, and of other live instances.
public final class ClockReadings {
  private static final Sql NOW = Sql.of("SELECT clock_timestamp() AS now");

  /// Rows with a time ahead were written before the database's clock was set back.
  private static final Sql OTHERS =
      Sql.of(
          """
          SELECT coalesce(clock_offset_seconds, 'NaN') AS ahead
          FROM instances
          WHERE id <> :id
            AND seen_at BETWEEN clock_timestamp() - :alive_ms * interval '1 millisecond'
              AND clock_timestamp() + :alive_ms * interval '1 millisecond'
          """);

  private static final UUID NOBODY = new UUID(0, 0);

  private ClockReadings() {}

  /// Reads the database's clock once, for a program that is not counted among the instances.
  ///
  /// @return what that showed
  /// @throws dev.gatehouse.errors.Unavailable when the database does not respond
  public static ClockState observe(Database database, SharedClock clock) {
    return database.write(
        statements ->
            clock.observe(reading(statements, clock), offsets(others(statements, NOBODY))));
  }

  static ClockReading reading(Statements statements, SharedClock clock) throws SQLException {
    long askedAt = clock.nanos();
    Instant now = statements.first(NOW.call(), row -> Times.instant(row, "now")).orElseThrow();
    return clock.reading(askedAt, now);
  }

  /// The offsets of the other live instances in seconds, NaN for those that do not measure it.
  static List<Double> others(Statements statements, UUID self) throws SQLException {
    var call = OTHERS.with("id", self).and("alive_ms", Heartbeat.ALIVE.toMillis());
    return statements.query(call, row -> row.getDouble("ahead"));
  }

  static List<Duration> offsets(List<Double> seconds) {
    return seconds.stream()
        .filter(ahead -> !ahead.isNaN())
        .map(ahead -> Duration.ofMillis(Math.round(ahead * 1_000)))
        .toList();
  }
}
